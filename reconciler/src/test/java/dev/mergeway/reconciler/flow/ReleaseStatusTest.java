package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.port.Forge.Approval;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.run.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release against its forge: what it says of it on the merge commit, how often, and when the forge won't have it. */
class ReleaseStatusTest {
    private static final String DATABASE = "  resources: { db: { type: postgres, class: small } }\n";

    @TempDir
    private Path folder = Path.of(".");

    private Workshop workshop;

    @BeforeEach
    void begin() throws Exception {
        workshop = new Workshop(folder);
        workshop.commit(
                "main", Map.of(Sample.DECLARED, Sample.environment("dev"), "dev/a.yaml", Sample.workload("a", "")));
        workshop.commit("main", Map.of("dev/db.yaml", Sample.workload("cart", DATABASE)));
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    private static ForgeException refused() {
        return new ForgeException("Forge 'corp' answered 422.", false, null, null);
    }

    /** A pull request that deletes a database and was not approved is merged; gives its head. */
    private String holding() throws Exception {
        String head = workshop.push(Map.of("dev/db.yaml", Sample.workload("cart", "")));
        workshop.run(workshop.review);
        workshop.merge(Map.of());
        workshop.forge.statuses.clear();
        return head;
    }

    @Test
    void oneThatIsHeldIsSaidOnceHoweverOftenItIsMadeAgain() throws Exception {
        holding();
        for (int count = 0; count < 20; count++) {
            assertThat(workshop.release().state()).isEqualTo(RunState.HELD);
            workshop.later(Duration.ofMinutes(2));
        }
        assertThat(workshop.forge.statuses).hasSize(2);
        assertThat(workshop.forge.statuses.getFirst()).contains("PENDING");
        assertThat(workshop.forge.statuses.getLast()).contains("FAILURE Held");
    }

    @Test
    void onceItIsApprovedItIsPendingAndThenDone() throws Exception {
        String head = holding();
        workshop.release();
        workshop.forge.statuses.clear();
        workshop.forge.approvals.add(new Approval("maria", head, "1"));
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(workshop.forge.statuses).hasSize(2);
        assertThat(workshop.forge.statuses.getFirst()).contains("PENDING");
        assertThat(workshop.forge.statuses.getLast()).contains("SUCCESS");
    }

    @Test
    void whatStandsIsSetAgainNowAndThenSinceOthersSetItToo() throws Exception {
        holding();
        workshop.release();
        workshop.forge.statuses.clear();
        workshop.later(Statuses.STANDS);
        workshop.release();
        assertThat(workshop.forge.statuses).hasSize(1);
        workshop.forget();
        workshop.release();
        assertThat(workshop.forge.statuses).as("after the database was lost").hasSizeLessThan(4);
    }

    @Test
    void aForgeThatTakesNoStatusStopsNobodyAndGetsTheReceipt() throws Exception {
        workshop.push(Map.of("dev/b.yaml", Sample.workload("b", "")));
        workshop.run(workshop.review);
        String head = workshop.merge(Map.of());
        workshop.forge.refusal = refused();
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(workshop.environment().revisions()).containsEntry("shop", head);
        assertThat(folder.resolve("live/shop-dev/deployment.apps-b.yaml")).exists();
        assertThat(workshop.forge.comments.get(7)).contains("### Applied");
    }

    @Test
    void whatBreaksOffForGoodIsSeenAndTriedAgain() throws Exception {
        holding();
        workshop.forge.approvalFailures.add(refused());
        assertThat(workshop.release().state()).isEqualTo(RunState.FAILED);
        assertThat(workshop.environment().sync()).isEqualTo(Sync.OUT_OF_SYNC);
        assertThat(workshop.environment().message()).contains("answered 422");
        workshop.asked.clear();
        workshop.drift();
        assertThat(workshop.asked).contains(new RunKey.Release(Workshop.ENVIRONMENT));
        assertThat(workshop.release().state()).isEqualTo(RunState.HELD);
        assertThat(workshop.environment().sync()).isEqualTo(Sync.HELD);
    }

    @Test
    void aReviewThatBreaksOffHasEnded() throws Exception {
        workshop.push(Map.of("dev/b.yaml", Sample.workload("b", "")));
        workshop.forge.approvalFailures.add(refused());
        workshop.run(workshop.review);
        assertThat(workshop.reviews().getFirst().state()).isEqualTo(RunState.FAILED);
        assertThat(workshop.reviews().getFirst().message()).contains("answered 422");
    }

    @Test
    void oneThatFailsIsSaidToUntilItDoesNot() throws Exception {
        workshop.push(Map.of("dev/b.yaml", Sample.workload("b", "")));
        workshop.run(workshop.review);
        workshop.merge(Map.of());
        workshop.forge.statuses.clear();
        Path live = folder.resolve("live/shop-dev");
        Path away = folder.resolve("away");
        Files.move(live, away);
        Files.writeString(live, "no folder");
        for (int count = 0; count < 20; count++) {
            assertThat(workshop.release().state()).isEqualTo(RunState.FAILED);
        }
        assertThat(workshop.forge.statuses).hasSizeLessThan(3);
        assertThat(workshop.forge.statuses.getLast()).contains("FAILURE Not all of it could be applied: ");
        assertThat(workshop.forge.comments.get(7))
                .contains("### Not all of it could be applied", "is in a folder that is a link or a file");
        Files.delete(live);
        Files.move(away, live);
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(workshop.forge.statuses.getLast()).contains("SUCCESS");
    }
}
