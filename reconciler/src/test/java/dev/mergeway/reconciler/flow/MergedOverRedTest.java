package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.run.RunState;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pull request that is not valid and is merged all the same: a mistake deletes nothing, and is told as what it is. */
class MergedOverRedTest {
    @TempDir
    private Path folder = Path.of(".");

    private Workshop workshop;

    @BeforeEach
    void begin() throws Exception {
        workshop = new Workshop(folder);
        workshop.commit(
                "main", Map.of(Sample.DECLARED, Sample.environment("dev"), "dev/a.yaml", Sample.workload("a", "")));
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    /** Pushes a file to the pull request, sees that it is not valid, merges it. */
    private void merged(String path, String text) throws Exception {
        workshop.push(Map.of(path, text));
        workshop.run(workshop.review);
        assertThat(workshop.forge.comments.get(7)).contains("### Not valid yet");
        workshop.merge(Map.of());
    }

    private Path live(String file) {
        return folder.resolve("live/shop-dev").resolve(file);
    }

    @Test
    void aMistypedTargetIsNotAnotherPlaceToLive() throws Exception {
        merged(Sample.DECLARED, Sample.environment("dev").replace("kubernetes: local", "kubernetes: cluster1"));
        assertThat(workshop.forge.comments.get(7))
                .contains("There is no target called cluster1")
                .doesNotContain("delete");
        assertThat(workshop.release().message()).contains("There is no target called cluster1");
        assertThat(live("deployment.apps-a.yaml")).exists();
        assertThat(live("namespace-shop-dev.yaml")).exists();
    }

    @Test
    void aTargetThatIsLeftOutAndStillNeededKeepsWhatTheEnvironmentMade() throws Exception {
        merged(Sample.DECLARED, Sample.environment("dev").replace("kubernetes: local, ", ""));
        assertThat(workshop.forge.comments.get(7))
                .contains("has no target for it")
                .doesNotContain("Merging this **delete");
        assertThat(workshop.release().message()).contains("has no target for it");
        assertThat(live("deployment.apps-a.yaml")).exists();
        assertThat(live("namespace-shop-dev.yaml")).exists();
    }

    @Test
    void whatAPlanThatIsNotValidDeletesWasNotShown() throws Exception {
        merged("dev/a.yaml", Sample.workload("a", "").replace("name: a", "name: a, environment: shop-dve"));
        assertThat(workshop.forge.comments.get(7)).contains("**deletes `a` from `shop-dev`**");
        assertThat(workshop.release().message()).contains("held: Deployment a, since no valid pull request showed");
        assertThat(live("deployment.apps-a.yaml")).exists();
        assertThat(workshop.forge.comments.get(7))
                .contains(
                        "### Held after the merge",
                        "There is no environment called shop-dve",
                        "by another pull request");
        workshop.forget();
        assertThat(workshop.release().state()).isEqualTo(RunState.HELD);
        assertThat(live("deployment.apps-a.yaml")).exists();
    }

    @Test
    void theReceiptSaysWhatIsWrongAndTheNextOneDoesNotSayThatAllIsApplied() throws Exception {
        merged("dev/b.yaml", Sample.workload("b", "").replace("kind: Deployment", "kind: Deploymnet"));
        workshop.release();
        assertThat(workshop.forge.comments.get(7))
                .contains(
                        "### Not all of it could be applied",
                        "`dev/b.yaml:2:1`: There is no kind",
                        "another pull request")
                .doesNotContain("### Not valid yet", "had to be changed");
        workshop.merge(Map.of("dev/c.yaml", Sample.workload("c", "")));
        workshop.release();
        assertThat(live("deployment.apps-c.yaml")).exists();
        assertThat(workshop.forge.comments.get(7))
                .contains("### Not all of it could be applied", "2 created", "`dev/b.yaml:2:1`: There is no kind");
        workshop.merge(Map.of("dev/b.yaml", Sample.workload("b", "")));
        workshop.release();
        assertThat(workshop.forge.comments.get(7)).contains("### Applied\n").doesNotContain("There is no kind");
    }
}
