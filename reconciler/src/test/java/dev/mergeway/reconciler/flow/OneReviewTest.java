package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.webhooks.event.RepoEvent.PullChanged.Change;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A push is announced as a push and as a change of the pull request: it is planned once, and whatever may differ again. */
class OneReviewTest {
    @TempDir
    private Path folder = Path.of(".");

    private Workshop shop;
    private String head = "";

    @BeforeEach
    void open() throws RepositoryException {
        shop = new Workshop(folder);
        shop.asked.add(shop.look);
        shop.settle();
        head = shop.push(environment("shop-dev"));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static Map<String, String> environment(String name) {
        return Map.of(name + ".yaml", """
                apiVersion: mergeway.dev/v1
                kind: Environment
                metadata: { name: %s }
                spec: { tier: dev, targets: { kubernetes: local } }
                """.formatted(name));
    }

    private void isPlannedOnce() {
        shop.settle();
        assertThat(shop.reviews()).hasSize(1);
        assertThat(states()).containsExactly("PENDING", "SUCCESS");
    }

    private List<String> states() {
        return shop.forge.statuses.stream()
                .map(status -> status.split(" ", 3)[1])
                .toList();
    }

    @Test
    void bothWebhooksAtOnce() {
        shop.asked.add(shop.look);
        shop.announced(Change.COMMITS, head);
        isPlannedOnce();
    }

    @Test
    void oneAfterTheOther() {
        shop.asked.add(shop.look);
        shop.settle();
        shop.announced(Change.COMMITS, head);
        assertThat(shop.asked).containsExactly(shop.look);
        isPlannedOnce();
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENED", "COMMITS"})
    void theSecondWhileThePlanIsMade(Change change) {
        shop.asked.add(shop.look);
        shop.forge.whenSet = () -> {
            shop.announced(change, head);
            shop.run(shop.look);
            assertThat(shop.asked).isEmpty();
        };
        isPlannedOnce();
    }

    @Test
    void theSecondWhileThePullRequestIsRead() {
        shop.asked.add(shop.look);
        shop.forge.whenRead = () -> {
            shop.announced(Change.COMMITS, head);
            shop.run(shop.look);
            assertThat(shop.asked).isEmpty();
        };
        isPlannedOnce();
    }

    @Test
    void anOldHeadThatIsReadWhileANewOneIsAnnouncedIsLookedAtAgain() throws RepositoryException {
        shop.forge.whenRead = () -> {
            pushed("shop-more");
            shop.announced(Change.COMMITS, head);
        };
        Ending ending = shop.run(shop.review);
        assertThat(ending.lookAgainAfter()).contains(Announcements.PAUSE);
        shop.later(Announcements.PAUSE);
        shop.run(shop.review);
        isPlanned();
    }

    @Test
    void aPushWhileThePlanIsMadeIsPlannedToo() {
        shop.forge.whenSet = () -> {
            pushed("shop-more");
            shop.announced(Change.COMMITS, head);
        };
        shop.run(shop.review);
        assertThat(shop.asked).contains(shop.review);
        shop.settle();
        isPlanned();
        assertThat(shop.reviews()).hasSize(2);
    }

    @Test
    void aPushThatOnlyTheLookFindsWhileThePlanIsMadeIsPlannedToo() {
        shop.forge.whenSet = () -> {
            pushed("shop-more");
            shop.run(shop.look);
        };
        shop.run(shop.review);
        shop.settle();
        isPlanned();
    }

    private void pushed(String name) {
        try {
            head = shop.push(environment(name));
        } catch (RepositoryException e) {
            throw new IllegalStateException(e);
        }
    }

    private void isPlanned() {
        assertThat(shop.store().pull("shop", 7)).hasValueSatisfying(pull -> {
            assertThat(pull.head()).isEqualTo(head);
            assertThat(pull.verdict()).isEqualTo("ready");
            assertThat(pull.plan()).contains("shop-more");
        });
    }

    @Test
    void aBaseThatMovesWhileThePlanIsMadeIsPlannedOn() throws RepositoryException {
        shop.asked.add(shop.look);
        shop.forge.whenSet = () -> {
            base();
            shop.announced(Change.COMMITS, head);
            shop.run(shop.look);
            assertThat(shop.asked).contains(shop.review);
        };
        shop.run(shop.look);
        shop.run(shop.review);
        String first = shop.store().pull("shop", 7).orElseThrow().plan();
        shop.settle();
        assertThat(shop.store().pull("shop", 7).orElseThrow().plan()).isNotEqualTo(first);
    }

    private void base() {
        try {
            shop.commit("main", Map.of("readme.txt", "moved\n"));
        } catch (RepositoryException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"OPENED", "COMMITS"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatElseChangesIsLookedAtAgainThoughTheHeadIsTheSame(Change change) {
        shop.asked.add(shop.review);
        shop.settle();
        shop.announced(change, head);
        assertThat(shop.asked).contains(shop.review);
    }

    @Test
    void whoeverAsksForAPlanGetsOneAndItsStatusIsSetAgain() {
        shop.asked.add(shop.review);
        shop.settle();
        shop.says("/mergeway plan");
        shop.settle();
        assertThat(shop.reviews()).hasSize(2);
        assertThat(states()).containsExactly("PENDING", "SUCCESS", "SUCCESS");
    }

    @Test
    void whoeverAsksWhileThePlanIsMadeGetsAnother() {
        shop.asked.add(shop.review);
        shop.forge.whenSet = () -> shop.says("/mergeway plan");
        shop.settle();
        assertThat(shop.reviews()).hasSize(2);
    }

    @Test
    void whoeverDeletesOurCommentGetsItBackAndTheirOwnIsTheirBusiness() {
        shop.asked.add(shop.review);
        shop.settle();
        String ours = Objects.requireNonNull(shop.forge.comments.remove(7));
        shop.deleted("/mergeway plan, said somebody");
        assertThat(shop.asked).isEmpty();
        shop.deleted(ours);
        shop.settle();
        assertThat(shop.forge.comments).containsEntry(7, ours);
    }

    @Test
    void withoutADatabaseItIsPlannedAnew() {
        shop.asked.add(shop.review);
        shop.settle();
        shop.forget();
        shop.announced(Change.COMMITS, head);
        assertThat(shop.asked).contains(shop.review);
        shop.settle();
        assertThat(shop.reviews()).isNotEmpty();
        assertThat(states()).startsWith("PENDING", "SUCCESS", "PENDING", "SUCCESS");
    }

    @Test
    void aReviewThatFailedKnowsNothing() {
        shop.forge.down = true;
        assertThat(shop.run(shop.review).retry()).isTrue();
        shop.forge.down = false;
        shop.announced(Change.COMMITS, head);
        assertThat(shop.asked).contains(shop.review);
        isPlannedOnce();
    }
}
