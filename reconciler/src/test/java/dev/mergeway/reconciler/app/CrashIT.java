package dev.mergeway.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service is killed at random moments of the story, and started again: it ends as if nothing had happened. The seed is
 * printed; {@code -Dmergeway.seed} plays it again.
 */
@Timeout(value = 12, unit = TimeUnit.MINUTES)
class CrashIT {
    private static final int ROUNDS = 4;
    private static final int WORKLOADS = 17;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("mergeway.seed", System.nanoTime());
    private final Random random = new Random(seed);

    private Site site() throws Exception {
        System.out.println("CrashIT: -Dmergeway.seed=" + seed);
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        return Site.start(folder.resolve("site"), 1, port, config -> KilledService.start(config, port));
    }

    @Test
    void killedAtAnyMomentItFinishesWhatItBegan() throws Exception {
        try (Site site = site()) {
            Shop shop = begin(site);
            for (int round = 1; round <= ROUNDS; round++) {
                round(shop, round, () -> {});
            }
        }
    }

    @Test
    void killedAndTheDatabaseLostItFinishesWhatItBegan() throws Exception {
        try (Site site = site()) {
            Shop shop = begin(site);
            for (int round = 1; round <= 2; round++) {
                round(shop, round, site::loseDatabase);
            }
        }
    }

    private static Shop begin(Site site) throws Exception {
        Shop.eventually(
                "the service answers",
                () -> assertThat(site.api().text("/healthz")).isNotEmpty());
        return write(site.shop().declares(""), 0).begin();
    }

    /** Fifty resources: sixteen workloads that change, and one that goes while another comes. */
    private static Shop write(Shop shop, int round) throws Exception {
        for (int index = 0; index < WORKLOADS - 1; index++) {
            shop.file("dev/w" + index + ".yaml", Shop.workload("w" + index, "nginx:1." + round, ""));
        }
        return shop.file("dev/round" + round + ".yaml", Shop.workload("round" + round, "nginx:1." + round, ""));
    }

    private void round(Shop shop, int round, Site.Between meanwhile) throws Exception {
        try {
            play(shop, round, meanwhile);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("round " + round + ", where the service logged\n" + log(), e);
        }
    }

    private void play(Shop shop, int round, Site.Between meanwhile) throws Exception {
        String branch = "change-" + round;
        shop.branch(branch).delete("dev/round" + (round - 1) + ".yaml");
        String head = write(shop, round).push("Change " + round);
        kill(shop, 1_500, meanwhile);
        int pull = shop.planned(head);
        String merge = shop.merge(branch);
        kill(shop, 1_500, meanwhile);
        kill(shop, 3_000, meanwhile);
        shop.applied(merge);
        shop.says(pull, "### Applied");
        check(shop, round);
    }

    private String log() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("site/serve.log"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    private void kill(Shop shop, int within, Site.Between meanwhile) throws Exception {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(within)); // the moment is the test
        shop.site().restart(meanwhile);
    }

    private static void check(Shop shop, int round) throws Exception {
        List<String> deployments = shop.live().stream()
                .filter(file -> file.startsWith("deployment."))
                .toList();
        List<String> expected = IntStream.range(0, WORKLOADS)
                .mapToObj(index -> index == WORKLOADS - 1 ? "round" + round : "w" + index)
                .map(name -> "deployment.apps-" + name + ".yaml")
                .sorted()
                .toList();
        assertThat(deployments).isEqualTo(expected);
        for (String file : deployments) {
            assertThat(Files.readString(shop.liveFile(file))).contains("nginx:1." + round);
        }
        assertThat(shop.live("round" + (round - 1))).isEmpty();
    }
}
