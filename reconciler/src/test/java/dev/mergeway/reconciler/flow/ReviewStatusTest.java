package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.directory.DirectoryTarget;
import dev.mergeway.reconciler.run.PullState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a plan that is made again says so on its commit. */
class ReviewStatusTest {
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
        workshop.release();
        workshop.push(Map.of("dev/b.yaml", Sample.workload("b", "")));
        workshop.run(workshop.review);
        assertThat(workshop.forge.statuses.getLast()).contains("SUCCESS");
        workshop.forge.statuses.clear();
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void othersThatAreMergedSetNothingAgain() throws Exception {
        for (int count = 0; count < 5; count++) {
            workshop.commit("main", Map.of("notes" + count + ".txt", "new\n"));
            workshop.run(workshop.review);
            workshop.later(Duration.ofMinutes(2));
        }
        assertThat(workshop.forge.statuses).isEmpty();
        workshop.later(Statuses.STANDS);
        workshop.run(workshop.review);
        assertThat(workshop.forge.statuses)
                .as("now and then, since others set it too")
                .hasSize(1);
    }

    @Test
    void whatAnotherReplicaSaidSinceIsSetRight() {
        PullState known = workshop.store().pull("shop", 7).orElseThrow();
        workshop.store().save(known.withHash("bbbb"));
        workshop.run(workshop.review);
        assertThat(workshop.forge.statuses).hasSize(1);
    }

    @Test
    void aTargetThatAnotherReplicaCouldNotReachIsSeenInWhatIsRemembered() {
        target.away = true;
        workshop.run(workshop.review);
        assertThat(workshop.forge.statuses.getLast()).contains("PENDING Tried again by itself");
        assertThat(workshop.store().pull("shop", 7).orElseThrow().verdict()).isEmpty();
        assertThat(workshop.forge.comments.get(7)).contains("### Ready to merge");
        target.away = false;
        workshop.run(workshop.review);
        assertThat(workshop.forge.statuses.getLast()).contains("SUCCESS");
        assertThat(workshop.store().pull("shop", 7).orElseThrow().verdict()).isEqualTo("ready");
    }
}
