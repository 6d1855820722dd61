package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.port.Forge.Approval;
import dev.mergeway.reconciler.port.Forge.Comment;
import dev.mergeway.reconciler.port.Forge.Reaction;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.PullKey;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.RunKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was said on a pull request while no webhook came is found by looking, once. */
class UnheardTest {
    private static final String SHOWN = "what it would do";

    @TempDir
    private Path folder = Path.of(".");

    private Workshop shop;
    private String head = "";

    @BeforeEach
    void open() throws RepositoryException {
        shop = new Workshop(folder);
        shop.run(shop.look);
        head = shop.push(Map.of("notes.txt", "new\n"));
        is("blocked", "open");
        shop.later(Duration.ofMinutes(5));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void is(String verdict, String state) {
        shop.store()
                .save(new PullState("shop", 7, "t", "feature", head, "rosa", state, "u", verdict, "aaaa", SHOWN, "{}"));
    }

    private void looks() {
        shop.run(shop.look);
        shop.later(Duration.ofMinutes(5));
    }

    private RunKey command() {
        return shop.asked.stream()
                .filter(RunKey.Command.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anApprovalIsJudgedOnce() {
        looks();
        assertThat(shop.asked).isEmpty();
        shop.forge.approvals.add(new Approval("rosa", head, "1"));
        looks();
        assertThat(shop.asked).as("nobody approves their own").isEmpty();
        shop.forge.approvals.add(new Approval("maria", head, "2"));
        looks();
        assertThat(shop.asked).containsExactly(shop.review);
        shop.asked.clear();
        looks();
        assertThat(shop.asked).isEmpty();
        shop.forge.approvals.add(new Approval("maria", head, "3"));
        shop.store().approve("shop", 7, "review:3", "aaaa");
        looks();
        assertThat(shop.asked).as("a review that was judged").isEmpty();
    }

    @Test
    void aPullRequestThatIsNotToldAboutStopsNoOther() {
        shop.store()
                .save(new PullState("shop", 8, "t", "f8", head, "rosa", "open", "u", "blocked", "aaaa", SHOWN, "{}"));
        shop.forge.pulls.put(
                8,
                new PullRequest(8, "t", "rosa", "f8", head, "main", PullRequest.State.OPEN, null, "u", false, false));
        shop.forge.approvalFailures.add(new ForgeException("Forge 'corp' answered 404.", false, null, null));
        shop.forge.approvals.add(new Approval("maria", head, "2"));
        looks();
        assertThat(shop.asked).containsExactly(new RunKey.Review("shop", 8));
    }

    @Test
    void whatIsReadyIsNotAskedAbout() {
        is("ready", "open");
        shop.forge.approvals.add(new Approval("maria", head, "2"));
        shop.forge.replies.add(new Comment(1, "maria", "/mergeway approve", SHOWN, false));
        looks();
        assertThat(shop.asked).isEmpty();
    }

    @Test
    void aCommandIsCarriedOutOnceThoughItsWebhookComesToo() {
        shop.forge.replies.add(new Comment(1, "maria", "/mergeway approve", SHOWN + "\r\n", false));
        looks();
        shop.run(command());
        assertThat(shop.store().approvals("shop", 7, "aaaa")).containsExactly("maria");
        assertThat(shop.forge.reactions).containsExactly(Reaction.DONE);
        shop.asked.clear();
        looks();
        assertThat(shop.asked).isEmpty();
        shop.says("/mergeway approve");
        shop.forge.whenAsked = () -> {
            throw new AssertionError("it is carried out again");
        };
        shop.run(command());
        assertThat(shop.forge.reactions).containsExactly(Reaction.DONE, Reaction.DONE);
    }

    @Test
    void anApprovalOfWhatNobodyKnowsCoversNothing() {
        shop.forge.replies.add(new Comment(1, "maria", "/mergeway approve", "", false));
        looks();
        shop.run(command());
        assertThat(shop.forge.reactions).containsExactly(Reaction.CONFUSED);
        assertThat(shop.store().approvals("shop", 7, "aaaa")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"approve", "rollback"})
    void whatOthersMayHaveEditedIntoACommentIsNotItsAuthorsWord(String word) throws RepositoryException {
        shop.merge(Map.of());
        shop.forge.replies.add(new Comment(1, "maria", "/mergeway " + word, SHOWN, true));
        looks();
        shop.run(command());
        assertThat(shop.forge.reactions).containsExactly(Reaction.CONFUSED);
        assertThat(shop.store().approvals("shop", 7, "aaaa")).isEmpty();
        assertThat(shop.forge.proposed).isEmpty();
        assertThat(shop.forge.notes.get(7)).contains("`maria`", "Write `/mergeway " + word + "` again");
    }

    @Test
    void aPlanOfAForkThatWasAskedForWhenAnotherHeadMayHaveBeenThereIsNotMade() {
        shop.forge.pulls.put(7, Lab.pull(head, true));
        shop.forge.replies.add(new Comment(1, "maria", "/mergeway plan", "", false));
        looks();
        shop.run(command());
        assertThat(shop.forge.reactions).containsExactly(Reaction.CONFUSED);
    }

    @Test
    void whatWasAnsweredBeforeTheDatabaseWasLostIsNotAnsweredAgain() {
        shop.forge.replies.add(new Comment(1, "maria", "/mergeway rollback", SHOWN, false));
        shop.forge.answered.add(1L);
        looks();
        assertThat(shop.asked).isEmpty();
    }

    @Test
    void aReleaseThatIsHeldIsToldByACommand() {
        shop.forge.pulls.put(
                7,
                new PullRequest(
                        7, "t", "rosa", "feature", head, "main", PullRequest.State.MERGED, head, "u", false, false));
        is("ready", "merged");
        shop.store().waits("shop-dev", Set.of(new PullKey("shop", 7)));
        shop.store()
                .save(new EnvironmentState(
                        "shop-dev",
                        "shop",
                        "dev",
                        "shop",
                        EnvironmentState.Sync.HELD,
                        HealthState.Status.HEALTHY,
                        Map.of(),
                        null,
                        "held",
                        "r1"));
        shop.forge.replies.add(new Comment(1, "maria", "/mergeway approve", SHOWN, false));
        looks();
        shop.run(command());
        assertThat(shop.store().approvals("shop", 7, "aaaa")).containsExactly("maria");
        assertThat(shop.asked).contains(new RunKey.Release("shop-dev"));
    }

    @Test
    void ofManyThatWaitAFewAreAskedAboutInTurn() {
        shop.store()
                .waits(
                        "shop-dev",
                        IntStream.rangeClosed(11, 39)
                                .mapToObj(number -> new PullKey("shop", number))
                                .collect(Collectors.toSet()));
        looks();
        assertThat(shop.forge.repliesAsked).hasSize(20).startsWith(7, 11).endsWith(29);
        shop.forge.repliesAsked.clear();
        looks();
        assertThat(shop.forge.repliesAsked)
                .hasSize(20)
                .startsWith(30)
                .endsWith(19)
                .doesNotHaveDuplicates();
    }
}
