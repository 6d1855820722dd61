package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.run.RunKey;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a merge queue waits for while its webhook was lost is found by looking, once. */
class QueueTest {
    @TempDir
    private Path folder = Path.of(".");

    private Workshop workshop;
    private String head = "";

    @BeforeEach
    void begin() throws Exception {
        workshop = new Workshop(folder);
        workshop.commit(
                "main", Map.of(Sample.DECLARED, Sample.environment("dev"), "dev/a.yaml", Sample.workload("a", "")));
        head = workshop.push(Map.of("dev/b.yaml", Sample.workload("b", "")));
        workshop.run(workshop.look);
        workshop.settle();
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void oneThatNobodyHeardOfIsPlannedOnce() throws Exception {
        String commit = workshop.commit("queue/main/pr-7-abc", Map.of("dev/c.yaml", Sample.workload("c", "")));
        workshop.commit("queue/other/pr-8-abc", Map.of("other.txt", "a\n"));
        workshop.commit("queue/main/pr-x", Map.of("other.txt", "b\n"));
        workshop.run(workshop.look);
        RunKey queued = new RunKey.Queued("shop", 7, commit);
        assertThat(workshop.asked).containsExactly(queued);
        workshop.run(queued);
        assertThat(workshop.forge.statuses.getLast()).contains(commit + " SUCCESS");
        workshop.run(workshop.look);
        assertThat(workshop.asked).isEmpty();
    }

    @Test
    void aCommitThatTheQueueGaveUpIsNotTriedAgain() {
        Ending ending = workshop.run(new RunKey.Queued("shop", 7, "d".repeat(40)));
        assertThat(ending.retry()).isFalse();
        assertThat(ending.message()).isEqualTo("the queue does not wait for it any more");
        assertThat(workshop.run(new RunKey.Queued("shop", 0, "d".repeat(40))).retry())
                .isFalse();
    }

    @Test
    void aPullRequestsHeadIsNoQueues() throws Exception {
        workshop.point("queue/main/pr-9-abc", head);
        workshop.run(workshop.look);
        assertThat(workshop.asked).isEmpty();
    }
}
