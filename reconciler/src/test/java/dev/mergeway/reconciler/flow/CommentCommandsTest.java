package dev.mergeway.reconciler.flow;

import static dev.mergeway.reconciler.flow.Lab.HEAD;
import static dev.mergeway.reconciler.flow.Lab.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.port.Forge.Permission;
import dev.mergeway.reconciler.port.Forge.Reaction;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.run.Order.Verb;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.webhooks.event.RepoEvent.Commented;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a comment orders, and how it is carried out while the forge comes and goes. */
class CommentCommandsTest {
    private static final RunKey REVIEW = new RunKey.Review("shop", 7);

    private final Lab lab = new Lab();
    private long comment;

    @BeforeEach
    void plan() {
        lab.shown(HEAD, "aaaa");
    }

    private static ForgeException away(@Nullable Duration wait) {
        return new ForgeException("Forge 'corp' is away.", true, wait, null);
    }

    private Optional<RunKey.Command> heard(String text) {
        return new CommentCommands(lab.memory).heard(SHOP, new Commented("acme/shop", 7, 1, "maria", text, false));
    }

    private RunKey order(String text) {
        return heard(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "/mergeway plan, PLAN",
        "  /mergeway   retry  , RETRY",
        "/mergeway approve, APPROVE",
        "/mergeway rollback, ROLLBACK",
        "/mergeway, HELP",
        "/mergeway dance, UNKNOWN"
    })
    void aLineOfItsOwnIsACommand(String text, Verb verb) {
        assertThat(heard("Hello,\r\n" + text + "\r\nthank you")
                        .orElseThrow()
                        .order()
                        .verb())
                .isEqualTo(verb);
    }

    @Test
    void anythingElseIsNone() {
        assertThat(heard("please /mergeway plan this")).isEmpty();
        assertThat(heard("> /mergeway plan")).isEmpty();
        assertThat(heard("/mergeway plan now")).isEmpty();
    }

    @Test
    @Timeout(5)
    void aCommentOfNothingButBlanksIsReadAtOnce() {
        assertThat(heard("\n".repeat(65_536))).isEmpty();
        assertThat(heard(" ".repeat(65_536))).isEmpty();
        assertThat(heard("\n \t".repeat(20_000) + "/mergeway plan")).isPresent();
    }

    @Test
    void itIsTriedUntilTheForgeIsBackAndDoneOnce() {
        RunKey command = order("/mergeway plan");
        for (int minutes = 0; minutes < 60; minutes += 5) {
            lab.forge.permissionFailures.add(away(null));
            Ending ending = lab.run(command);
            assertThat(ending.retry()).isTrue();
            lab.now = lab.now.plus(Duration.ofMinutes(5));
        }
        assertThat(lab.asked).isEmpty();
        assertThat(lab.run(command).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(lab.forge.reactions).containsExactly(Reaction.DONE);
        assertThat(lab.asked).containsExactly(REVIEW);
    }

    @Test
    void itWaitsAsLongAsTheForgeAsks() {
        lab.forge.permissionFailures.add(away(Duration.ofSeconds(30)));
        assertThat(lab.run(order("/mergeway plan")).lookAgainAfter()).hasValue(Duration.ofSeconds(30));
        assertThat(lab.forge.reactions).isEmpty();
    }

    @Test
    void afterADayItIsGivenUp() {
        RunKey command = order("/mergeway plan");
        lab.now = lab.now.plus(Duration.ofDays(1)).plusSeconds(1);
        Ending ending = lab.run(command);
        assertThat(ending.retry()).isFalse();
        assertThat(ending.message())
                .isEqualTo("'/mergeway plan' on shop #7 by maria could not be answered within a day and is given up");
        assertThat(lab.forge.reactions).isEmpty();
    }

    @Test
    void aRefusalIsNotTriedAgain() {
        lab.forge.permissionFailures.add(new ForgeException("Forge 'corp' said 401.", false, null, null));
        Ending ending = lab.run(order("/mergeway plan"));
        assertThat(ending.state()).isEqualTo(RunState.FAILED);
        assertThat(ending.retry()).isFalse();
    }

    @Test
    void whoMayNotWriteIsRefused() {
        lab.forge.permission = Permission.READ;
        lab.run(order("/mergeway plan"));
        assertThat(lab.forge.reactions).containsExactly(Reaction.REFUSED);
        assertThat(lab.asked).isEmpty();
    }

    @Test
    void whatWasDoneBeforeTheReactionFailedMayBeDoneAgain() {
        RunKey approve = order("/mergeway approve");
        lab.forge.reactFailures.add(away(null));
        assertThat(lab.run(approve).retry()).isTrue();
        lab.run(approve);
        assertThat(lab.memory.ledger().approvals("shop", 7, "aaaa")).containsExactly("maria");
        assertThat(lab.forge.reactions).containsExactly(Reaction.DONE);
        lab.run(order("/mergeway dance"));
        assertThat(lab.forge.reactions).containsExactly(Reaction.DONE, Reaction.CONFUSED);
    }

    @Test
    void anApprovalThatWaitedDoesNotCoverALaterPlan() {
        RunKey approve = order("/mergeway approve");
        lab.shown("2".repeat(40), "bbbb");
        lab.run(approve);
        assertThat(lab.forge.reactions).containsExactly(Reaction.CONFUSED);
        assertThat(lab.memory.ledger().approvals("shop", 7, "aaaa")).isEmpty();
        assertThat(lab.memory.ledger().approvals("shop", 7, "bbbb")).isEmpty();
    }

    private Reaction approves(Instant written) {
        lab.run(new CommentCommands(lab.memory)
                .heard(SHOP, new Commented("acme/shop", 7, ++comment, "maria", "/mergeway approve", false, written))
                .orElseThrow());
        return lab.forge.reactions.getLast();
    }

    @Test
    void anApprovalThatIsHeardLateDoesNotCoverWhatIsShownNow() {
        Instant edited = Instant.parse("2026-11-30T10:00:00.6Z");
        lab.forge.edited = edited;
        assertThat(approves(edited.minusSeconds(1))).isEqualTo(Reaction.CONFUSED);
        assertThat(lab.memory.ledger().approvals("shop", 7, "aaaa")).isEmpty();
        assertThat(lab.forge.notes.get(7)).contains("`maria`", "write `/mergeway approve` again");
        assertThat(approves(edited.plusSeconds(1))).isEqualTo(Reaction.DONE);
        assertThat(lab.memory.ledger().approvals("shop", 7, "aaaa")).containsExactly("maria");
    }

    @Test
    void oneWhoseAnswerWasLostIsNotTakenBackThoughTheCommentSaysSoMeanwhile() {
        Instant edited = Instant.parse("2026-11-30T10:00:00Z");
        lab.forge.edited = edited;
        lab.forge.reactFailures.add(away(null));
        RunKey approve = new CommentCommands(lab.memory)
                .heard(SHOP, new Commented("acme/shop", 7, 1, "maria", "/mergeway approve", false, edited))
                .orElseThrow();
        assertThat(lab.run(approve).retry()).isTrue();
        lab.forge.edited = edited.plusSeconds(10);
        lab.run(approve);
        assertThat(lab.forge.reactions).containsExactly(Reaction.DONE);
    }

    @Test
    void anApprovalDoesNotCoverWhatIsSavedAndNotSaid() {
        Instant edited = Instant.parse("2026-11-30T10:00:00Z");
        lab.forge.edited = edited;
        String said = lab.forge.comments.getOrDefault(7, "");
        lab.shown("2".repeat(40), "bbbb");
        lab.forge.comments.put(7, said);
        assertThat(approves(edited.plusSeconds(5))).isEqualTo(Reaction.CONFUSED);
        assertThat(lab.memory.ledger().approvals("shop", 7, "bbbb")).isEmpty();
    }

    @Test
    void whoeverAskedForTheForkOfYesterdayDidNotAskForWhatWasPushedSince() throws ForgeException {
        Forks forks = new Forks(lab.world, lab.memory);
        String later = "2".repeat(40);
        lab.forge.comments.clear();
        RunKey plan = order("/mergeway plan");
        lab.forge.pulls.put(7, Lab.pull(later, true));
        lab.run(plan);
        assertThat(lab.forge.reactions).containsExactly(Reaction.CONFUSED);
        assertThat(forks.mayPlan(SHOP, Lab.pull(later, true))).isFalse();
        lab.forge.pulls.put(7, Lab.pull(HEAD, true));
        lab.run(plan);
        assertThat(forks.mayPlan(SHOP, Lab.pull(HEAD, true))).isTrue();
    }

    @Test
    void whereNoHeadWasKnownOnlyAFreshOrderAsksForTheOneThatIsThere() throws ForgeException {
        lab.forget();
        lab.forge.comments.clear();
        lab.forge.pulls.put(7, Lab.pull(HEAD, true));
        Forks forks = new Forks(lab.world, lab.memory);
        RunKey plan = order("/mergeway plan");
        lab.now = lab.now.plus(Duration.ofMinutes(2));
        lab.run(plan);
        assertThat(forks.mayPlan(SHOP, Lab.pull(HEAD, true))).isFalse();
        lab.run(order("/mergeway plan"));
        assertThat(forks.mayPlan(SHOP, Lab.pull(HEAD, true))).isTrue();
    }

    @Test
    void aForgeThatHangsHoldsAQuarterOfThePlaces() {
        RunKey waits = order("/mergeway help");
        lab.forge.whenAsked = () -> {
            Ending ending = lab.run(waits);
            assertThat(ending.lookAgainAfter()).isPresent();
        };
        lab.run(order("/mergeway plan"));
        assertThat(lab.forge.reactions).containsExactly(Reaction.DONE);
        lab.run(waits);
        assertThat(lab.forge.reactions).hasSize(2);
    }
}
