package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.directory.DirectoryTarget;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.run.RunState;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Receipts while a forge fails, or does not answer. */
@Timeout(60)
class ReceiptsTest {
    @TempDir
    private Path folder = Path.of(".");

    private MoodyTarget target;
    private Workshop workshop;

    @BeforeEach
    void begin() throws Exception {
        target = new MoodyTarget(new DirectoryTarget("local", folder.resolve("live")));
        workshop = new Workshop(folder, Lab.SHOP, null, target);
        workshop.commit(
                "main", Map.of(Sample.DECLARED, Sample.environment("dev"), "dev/a.yaml", Sample.workload("a", "")));
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    private void merge() throws RepositoryException {
        workshop.push(Map.of("dev/b.yaml", Sample.workload("b", "")));
        workshop.merge(Map.of());
    }

    @Test
    void oneThatTheForgeDidNotTakeIsSaidAgainThoughNothingMoves() throws Exception {
        merge();
        target.starting = true;
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(workshop.forge.statuses.getLast()).contains("PENDING");
        target.starting = false;
        workshop.forge.down = true;
        workshop.drift();
        assertThat(workshop.forge.statuses.getLast()).contains("PENDING");
        workshop.forge.down = false;
        workshop.drift();
        assertThat(workshop.forge.statuses.getLast()).contains("SUCCESS");
        assertThat(workshop.forge.comments.get(7)).contains("### Applied");
        workshop.forge.comments.clear();
        workshop.drift();
        assertThat(workshop.forge.comments).as("said once").isEmpty();
    }

    @Test
    void oneThatIsOnItsWayToAForgeHoldsUpNoRelease() throws Exception {
        merge();
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        workshop.forge.whenSet = () -> workshop.forge.whenSet = () -> {
            hangs.countDown();
            await(over);
        };
        CompletableFuture<Ending> slow = CompletableFuture.supplyAsync(workshop::release, Thread::startVirtualThread);
        try {
            await(hangs);
            assertThat(workshop.forge.statuses.getLast()).contains("SUCCESS");
            String commit = workshop.commit(
                    "main", Map.of("other/environment.yaml", """
                    apiVersion: mergeway.dev/v1
                    kind: Environment
                    metadata: { name: shop-other }
                    spec: { tier: dev, targets: { kubernetes: local } }
                    """, "other/c.yaml", Sample.workload("c", "")));
            workshop.forge.pulls.put(
                    8,
                    new PullRequest(
                            8, "t", "rosa", "f8", commit, "main", PullRequest.State.MERGED, commit, "u", false, false));
            CompletableFuture<Ending> other = CompletableFuture.supplyAsync(
                    () -> workshop.run(new RunKey.Release("shop-other")), Thread::startVirtualThread);
            assertThat(other.get(20, TimeUnit.SECONDS).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(workshop.forge.comments).containsOnlyKeys(8);
        } finally {
            over.countDown();
        }
        assertThat(slow.get(20, TimeUnit.SECONDS).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(workshop.forge.comments).containsOnlyKeys(7, 8);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
