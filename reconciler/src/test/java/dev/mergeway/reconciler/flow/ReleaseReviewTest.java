package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.port.Forge.Approval;
import dev.mergeway.reconciler.run.RunState;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a review of a pull request is worth once it is merged: what was shown, and nothing that came since. */
class ReleaseReviewTest {
    private static final String STORE = "  resources: { store: { type: volume, params: { storageGb: 30 } } }\n";

    @TempDir
    private Path folder = Path.of(".");

    private Workshop workshop;

    @BeforeEach
    void begin() throws Exception {
        workshop = new Workshop(folder);
        workshop.commit("main", Map.of("dev/a.yaml", Sample.workload("a", "")));
        budget(2);
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    private void budget(int dollars) throws Exception {
        workshop.commit(
                "main", Map.of(Sample.DECLARED, Sample.environment("dev, budget: { monthlyUsd: " + dollars + " }")));
    }

    /** A volume that costs $3 a month is asked for, planned, and reviewed by maria. */
    private void reviewed() throws Exception {
        String head = workshop.push(Map.of("dev/a.yaml", Sample.workload("a", STORE)));
        workshop.run(workshop.review);
        workshop.forge.approvals.add(new Approval("maria", head, "1"));
        workshop.run(workshop.review);
    }

    @Test
    void whatWasShownToWantAnApprovalAndGotItIsApplied() throws Exception {
        reviewed();
        assertThat(workshop.forge.comments.get(7)).contains("### Ready to merge", "`budget`");
        workshop.merge(Map.of());
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aReviewBeforeThereWasAPlanIsSaidNotToCoverIt() throws Exception {
        String head = workshop.push(Map.of("dev/a.yaml", Sample.workload("a", STORE)));
        workshop.forge.approvals.add(new Approval("maria", head, "1"));
        workshop.run(workshop.review);
        assertThat(workshop.forge.comments.get(7))
                .contains("### Blocked by `budget`", "The approval of maria was given before this plan was shown");
        workshop.run(workshop.review);
        assertThat(workshop.forge.comments.get(7)).contains("### Blocked by `budget`");
        workshop.forge.approvals.add(new Approval("maria", head, "2"));
        workshop.run(workshop.review);
        assertThat(workshop.forge.comments.get(7))
                .contains("### Ready to merge")
                .doesNotContain("given before");
    }

    @Test
    void aGuardrailThatCameAfterTheReviewHolds() throws Exception {
        budget(5);
        workshop.release();
        reviewed();
        assertThat(workshop.forge.comments.get(7))
                .contains("### Ready to merge")
                .doesNotContain("`budget`:");
        budget(2);
        workshop.merge(Map.of("dev/a.yaml", Sample.workload("a", STORE)));
        assertThat(workshop.release().message()).contains("cost more than its budget");
    }

    @Test
    void whatWasHeldUnseenIsNotShownByTheCommentThatSaysSo() throws Exception {
        workshop.commit("main", Map.of("dev/b.yaml", Sample.workload("b", "")));
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        workshop.remove("dev/b.yaml");
        reviewed();
        workshop.merge(Map.of());
        assertThat(workshop.release().state()).isEqualTo(RunState.HELD);
        assertThat(workshop.forge.comments.get(7)).contains("Held after the merge");
        workshop.forget();
        assertThat(workshop.release().state()).isEqualTo(RunState.HELD);
        assertThat(folder.resolve("live/shop-dev/deployment.apps-b.yaml")).exists();
    }
}
