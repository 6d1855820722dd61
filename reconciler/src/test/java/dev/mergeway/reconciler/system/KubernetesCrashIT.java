package dev.mergeway.reconciler.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.kubernetes.KubernetesServer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole service is killed with SIGKILL at some moment while it applies 50 objects to a real Kubernetes, again and
 * again. Every step of an apply has its kill in {@code ApplyCrashIT}.
 */
class KubernetesCrashIT {
    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    private static final int OBJECTS = 50;
    private static final int KILLS = 3;

    /** About what applying takes once the service is up. */
    private static final int WINDOW_MILLIS = 2500;

    private static final String MANY =
            "apiVersion: mergeway.dev/v1\nkind: Manifests\nmetadata: { name: many }\nspec: { path: ./k8s }\n";

    @TempDir
    private Path folder;

    @Test
    void whatWasKilledInTheMiddleIsFinishedAndNothingIsLeftOver() throws Exception {
        SERVER.needsPods();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String environment = SERVER.freshName("crash");
        try (LocalHouse house = LocalHouse.of(folder, SERVER.kubeconfig())) {
            for (int round = 1; round <= KILLS; round++) {
                Process service = serve(house);
                awaitReady(house);
                if (round > 1) {
                    synced(house, environment);
                }
                house.checkout()
                        .branch("round-" + round)
                        .write("dev/environment.yaml", Specs.environment(environment, "cluster"))
                        .write("dev/many.yaml", MANY)
                        .write("dev/k8s/many.yaml", many(round));
                house.merged("round-" + round);
                service.waitFor(random.nextInt(WINDOW_MILLIS), TimeUnit.MILLISECONDS);
                service.destroyForcibly().waitFor();
            }
            Process service = serve(house);
            try {
                awaitReady(house);
                synced(house, environment);
                await("seed " + seed)
                        .atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(live(environment)).isEqualTo(wanted(KILLS)));
            } finally {
                service.destroy();
                service.waitFor(30, TimeUnit.SECONDS);
            }
            assertThat(live(environment)).as("seed %d", seed).isEqualTo(wanted(KILLS));
            house.checkout().branch("main");
            assertThat(house.plan().exit()).isZero();
        }
    }

    private Process serve(LocalHouse house) {
        Path log = folder.resolve("serve.log");
        return house.mergeway()
                .launch(
                        Redirect.appendTo(log.toFile()),
                        Redirect.appendTo(log.toFile()),
                        "serve",
                        "--config",
                        house.mergeway().config().toString());
    }

    /** What was killed is finished, so that the next pull request is shown all that is there. */
    private static void synced(LocalHouse house, String environment) {
        String merged = house.checkout().git("rev-parse", "origin/main").strip();
        house.environment(
                environment,
                state -> state.path("sync").asString("").equals("Synced")
                        && state.path("revision").asString("").equals(merged));
    }

    private static void awaitReady(LocalHouse house) {
        await().atMost(LocalHouse.PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> !house.mergeway().api("/environments").isMissingNode());
    }

    /** Each round leaves five of the round before out and takes five new ones in. */
    private static IntStream numbers(int round) {
        return IntStream.range(round * 5, round * 5 + OBJECTS);
    }

    private static String many(int round) {
        return numbers(round)
                .mapToObj(number ->
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: many-%03d }\ndata: { round: \"%d\" }\n"
                                .formatted(number, round))
                .collect(Collectors.joining("---\n"));
    }

    private static String wanted(int round) {
        return numbers(round)
                .mapToObj(number -> "many-%03d=%d".formatted(number, round))
                .collect(Collectors.joining(" "));
    }

    private static String live(String environment) {
        return SERVER.kubectl(
                        "-n",
                        environment,
                        "get",
                        "configmaps",
                        "--sort-by=.metadata.name",
                        "-o",
                        "jsonpath={range .items[*]}{.metadata.name}={.data.round} {end}")
                .replaceAll("kube-root-ca\\.crt=\\S* ?", "")
                .strip();
    }
}
