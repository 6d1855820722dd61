package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.run.RunState;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A force push, and a fresh clone that has nothing of what was applied: what only the lost commits named is not forgotten. */
class BegunAnewTest {
    private static final Map<String, String> FILES =
            Map.of(Sample.DECLARED, Sample.environment("dev"), "dev/a.yaml", Sample.workload("a", ""));

    @TempDir
    private Path folder = Path.of(".");

    private Workshop workshop;

    @BeforeEach
    void begin() throws Exception {
        workshop = new Workshop(folder);
        workshop.commit("main", FILES);
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    private Path live(String name) {
        return folder.resolve("live/shop-dev/deployment.apps-" + name + ".yaml");
    }

    @Test
    void anEnvironmentThatIsNamedNoMoreIsHeldAndNotForgotten() throws Exception {
        workshop.begunAnew(Map.of("readme.txt", "shop\n"));
        workshop.run(workshop.look);
        assertThat(workshop.asked).contains(new RunKey.Release(Workshop.ENVIRONMENT));
        for (int count = 0; count < 2; count++) {
            assertThat(workshop.release().message()).contains("no valid pull request showed that it would be deleted");
            assertThat(workshop.environment().sync()).isEqualTo(Sync.HELD);
            assertThat(live("a")).exists();
        }
    }

    @Test
    void whatIsPutBackIsAsItWas() throws Exception {
        workshop.begunAnew(Map.of("readme.txt", "shop\n"));
        assertThat(workshop.release().state()).isEqualTo(RunState.HELD);
        workshop.commit("main", FILES);
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(workshop.environment().sync()).isEqualTo(Sync.SYNCED);
        assertThat(live("a")).exists();
    }

    @Test
    void aPullRequestThatTakesItAwayLetsItGo() throws Exception {
        workshop.begunAnew(Map.of("readme.txt", "shop\n"));
        assertThat(workshop.release().state()).isEqualTo(RunState.HELD);
        workshop.commit("main", FILES);
        workshop.run(workshop.look);
        workshop.push(Map.of(Sample.DECLARED, "# none\n", "dev/a.yaml", "# none\n"));
        workshop.run(workshop.review);
        workshop.merge(Map.of());
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(live("a")).doesNotExist();
        assertThat(workshop.store().environment(Workshop.ENVIRONMENT)).isEmpty();
    }

    @Test
    void whatWasInItBesidesIsHeldAndTheRestIsAsItWas() throws Exception {
        workshop.commit("main", Map.of("dev/b.yaml", Sample.workload("b", "")));
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        workshop.begunAnew(FILES);
        assertThat(workshop.release().message()).contains("no valid pull request showed that it would be deleted");
        assertThat(live("a")).exists();
        assertThat(live("b")).exists();
    }
}
