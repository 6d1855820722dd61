package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.directory.DirectoryTarget;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.reconciler.store.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a release made that did not go through belongs to neither side of what comes after it, and goes all the same. */
class LeftBehindTest {
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

    private Path live(String name) {
        return folder.resolve("live/shop-dev/deployment.apps-" + name + ".yaml");
    }

    /** A commit that changes a and adds b, of which b is made and a fails. */
    private void halfDone() throws Exception {
        target.refused.add("a");
        workshop.commit(
                "main",
                Map.of(
                        "dev/a.yaml",
                        Sample.workload("a", "").replace("1.29", "1.30"),
                        "dev/b.yaml",
                        Sample.workload("b", "")));
        assertThat(workshop.release().state()).isEqualTo(RunState.FAILED);
        assertThat(live("b")).exists();
        target.refused.clear();
    }

    private void onlyAIsLeft() {
        assertThat(live("b")).doesNotExist();
        assertThat(live("a")).exists();
        assertThat(workshop.environment().sync()).isEqualTo(EnvironmentState.Sync.SYNCED);
        assertThat(workshop.store()
                        .resources(new Ledger.Filter(Workshop.ENVIRONMENT, "", ""), "", 100)
                        .items())
                .noneMatch(state -> state.key().name().equals("b"));
    }

    @Test
    void aRevertTakesItBack() throws Exception {
        halfDone();
        workshop.revert();
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        onlyAIsLeft();
    }

    @Test
    void aRevertTakesItBackThoughNeitherSideHasItsFile() throws Exception {
        target.refused.add("c");
        workshop.commit("main", Map.of("dev/b.yaml", Sample.workload("b", ""), "dev/c.yaml", Sample.workload("c", "")));
        assertThat(workshop.release().state()).isEqualTo(RunState.FAILED);
        assertThat(live("b")).exists();
        workshop.revert();
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        onlyAIsLeft();
    }

    @Test
    void whatFailedAndIsWantedNoMoreIsForgotten() throws Exception {
        target.refused.add("b");
        workshop.commit("main", Map.of("dev/b.yaml", Sample.workload("b", "")));
        assertThat(workshop.release().state()).isEqualTo(RunState.FAILED);
        assertThat(live("b")).doesNotExist();
        workshop.revert();
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        onlyAIsLeft();
    }

    @Test
    void aPullRequestThatShowedItTakesItAway() throws Exception {
        halfDone();
        workshop.run(workshop.look);
        workshop.push(Map.of("dev/a.yaml", Sample.workload("a", "").replace("1.29", "1.31"), "dev/b.yaml", "# none\n"));
        workshop.run(workshop.review);
        assertThat(workshop.forge.comments.get(7)).contains("Deployment b", "delete");
        workshop.merge(Map.of());
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        onlyAIsLeft();
    }

    @Test
    void whatNobodyShowedIsHeldAsAnyRemoval() throws Exception {
        halfDone();
        workshop.remove("dev/b.yaml");
        assertThat(workshop.release().message()).contains("held: ", "b, since no valid pull request showed");
        assertThat(live("b")).exists();
    }

    @Test
    void whatWasMadeBesideWhatIsHeldGoesWithARevertToo() throws Exception {
        workshop.commit("main", Map.of("dev/a.yaml", "# none\n", "dev/b.yaml", Sample.workload("b", "")));
        assertThat(workshop.release().state()).isEqualTo(RunState.HELD);
        assertThat(live("b")).exists();
        workshop.revert();
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        onlyAIsLeft();
    }

    @Test
    void itIsFoundInATargetThatTheEnvironmentHasNoMore() throws Exception {
        workshop.commit(
                "main",
                Map.of(
                        Sample.DECLARED,
                        Sample.environment("dev").replace("kubernetes: local", "kubernetes: spare"),
                        "dev/c.yaml",
                        Sample.workload("c", "").replace("image:", "imagine:")));
        assertThat(workshop.release().state()).isEqualTo(RunState.FAILED);
        Path moved = folder.resolve("spare/shop-dev/deployment.apps-a.yaml");
        assertThat(moved).exists();
        workshop.run(workshop.look);
        workshop.push(Map.of(Sample.DECLARED, Sample.environment("dev"), "dev/c.yaml", Sample.workload("c", "")));
        workshop.run(workshop.review);
        workshop.merge(Map.of());
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(moved).doesNotExist();
        assertThat(live("a")).exists();
    }

    @Test
    void aReleaseThatWasKilledLeavesNothingEither() throws Exception {
        EnvironmentState before = workshop.environment();
        halfDone();
        workshop.store().save(before);
        workshop.store().begin(Samples.run("9", Workshop.ENVIRONMENT, null));
        workshop.revert();
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        onlyAIsLeft();
    }

    @Test
    void whatWentThroughIsNotLookedForAgain() throws Exception {
        target.inventories.set(0);
        workshop.commit("main", Map.of("dev/b.yaml", Sample.workload("b", "")));
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(target.inventories).hasValue(0);
        assertThat(List.of(live("a"), live("b")))
                .allSatisfy(file -> assertThat(file).exists());
    }
}
