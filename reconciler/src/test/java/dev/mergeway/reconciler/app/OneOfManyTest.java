package dev.mergeway.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.resource.Trees;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pull request that touches one spec of many reads and renders that one. */
class OneOfManyTest {
    private static final int SPECS = 300;

    @TempDir
    Path folder;

    @Test
    void planningOneOfManyReadsAndRendersOne() throws Exception {
        try (Site site = Site.start(folder, 1)) {
            Shop shop = site.shop().declares("");
            for (int spec = 0; spec < SPECS; spec++) {
                shop.workload("app-" + spec);
            }
            shop.begin();
            quiet(site);
            long read = counter(site, "mergeway_files_read_total");
            long rendered = counter(site, "mergeway_specs_rendered_total");

            shop.branch("one").file("dev/app-7.yaml", Shop.workload("app-7", "nginx:1.30", ""));
            int pull = shop.open("Change one");

            assertThat(shop.comment(pull)).contains("app-7").doesNotContain("app-8");
            assertThat(counter(site, "mergeway_files_read_total") - read)
                    .as("files read to plan 1 of %d", SPECS)
                    .isEqualTo(1);
            // A hint that comes twice may have it planned twice.
            long planned = counter(site, "mergeway_specs_rendered_total") - rendered;
            long runs = site.api().items("/runs?limit=500").stream()
                    .filter(run -> Trees.text(run, "/kind").equals("review"))
                    .count();
            assertThat(planned)
                    .as("specs rendered to plan 1 of %d, in %d runs", SPECS, runs)
                    .isBetween(1L, runs);
        }
    }

    /** Waits until what follows a release, such as a look at what moved, is over. */
    private static void quiet(Site site) {
        AtomicLong last = new AtomicLong(-1);
        await("quiet")
                .atMost(Shop.PATIENCE)
                .pollInterval(Duration.ofMillis(1_500))
                .until(() -> {
                    long now = counter(site, "mergeway_specs_rendered_total");
                    return last.getAndSet(now) == now;
                });
    }

    private static long counter(Site site, String name) {
        return site.api()
                .text("/metrics")
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
