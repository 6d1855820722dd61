package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.port.Forge.Approval;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.run.PullKey;
import dev.mergeway.reconciler.run.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release that is held waits with all its pull requests, however much comes in after them. */
class WaitingTest {
    private static final String DATABASE = "  resources: { db: { type: postgres, class: small } }\n";

    @TempDir
    private Path folder = Path.of(".");

    private Workshop workshop;
    private String head = "";

    /** Pull request 7 deletes a database, nobody approved it, and it is merged. */
    @BeforeEach
    void hold() throws Exception {
        workshop = new Workshop(folder);
        workshop.commit(
                "main",
                Map.of(Sample.DECLARED, Sample.environment("dev"), "dev/db.yaml", Sample.workload("cart", DATABASE)));
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        head = workshop.push(Map.of("dev/db.yaml", Sample.workload("cart", "")));
        workshop.run(workshop.review);
        workshop.merge(Map.of());
        assertThat(workshop.release().state()).isEqualTo(RunState.HELD);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    /** So many commits to the same environment, the last of them by pull request 8. */
    private void more(int commits) throws Exception {
        String last = "";
        for (int count = 0; count < commits; count++) {
            last = workshop.commit(
                    "main", Map.of("dev/a.yaml", Sample.workload("a", "").replace("1.29", "1." + count)));
        }
        workshop.forge.pulls.put(
                8,
                new PullRequest(
                        8, "t", "rosa", "other", last, "main", PullRequest.State.MERGED, last, "u", false, false));
    }

    @Test
    void anApprovalOfTheOneThatIsHeldIsFoundBehindSixtyCommits() throws Exception {
        more(60);
        assertThat(workshop.release().state()).isEqualTo(RunState.HELD);
        assertThat(workshop.store().waiting(Workshop.ENVIRONMENT))
                .containsExactly(new PullKey("shop", 7), new PullKey("shop", 8));
        workshop.forge.approvals.add(new Approval("maria", head, "1"));
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(workshop.store().waiting(Workshop.ENVIRONMENT)).isEmpty();
        assertThat(workshop.forge.comments.get(7)).contains("### Applied");
    }

    @Test
    void whatIsSaidOnAnyOfThemIsHeardWhileItIsHeldAndNotAfter() throws Exception {
        more(1);
        assertThat(workshop.release().state()).isEqualTo(RunState.HELD);
        workshop.run(workshop.look);
        assertThat(workshop.forge.repliesAsked).containsExactly(7, 8);
        workshop.forge.approvals.add(new Approval("maria", head, "1"));
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        workshop.forge.repliesAsked.clear();
        workshop.later(Duration.ofMinutes(5));
        workshop.run(workshop.look);
        assertThat(workshop.forge.repliesAsked).isEmpty();
    }

    @Test
    void whatIsNotOnTheBranchAnyMoreWaitsNoMore() throws Exception {
        workshop.forge.pulls.put(7, Lab.pull(head, false));
        more(1);
        assertThat(workshop.release().state()).isEqualTo(RunState.HELD);
        assertThat(workshop.store().waiting(Workshop.ENVIRONMENT)).containsExactly(new PullKey("shop", 8));
    }
}
