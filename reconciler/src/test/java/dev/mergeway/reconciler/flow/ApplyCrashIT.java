package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.kubernetes.KubernetesServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * One apply of fifty objects to a real Kubernetes, killed with SIGKILL at step after step of its journal and started
 * again each time: before an intent is written, before its effect, before its outcome is written, and after it, in turn.
 * By default every fourth object is hit; with {@code MERGEWAY_EVERY_STEP=1} each of the fifty is, by about 75 processes.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ApplyCrashIT {
    /** Two for each of an object's two entries in the journal. */
    private static final int POINTS = 4;

    private static final boolean EVERY_STEP = "1".equals(System.getenv("MERGEWAY_EVERY_STEP"));

    private static final int SIGKILL = 128 + 9;

    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void killedAtEveryStepItMakesEveryObjectOnce() throws Exception {
        String environment = SERVER.freshName("step");
        SERVER.kubectl("-n", "default", "create", "configmap", environment, "--from-literal=a=neighbour");
        Map<String, String> seen = new TreeMap<>();
        int kills = 0;
        for (int point : points()) {
            int exit = run(environment, point);
            assertThat(exit).as("%s", log()).isEqualTo(SIGKILL);
            kills++;
            Map<String, String> now = live(environment);
            assertThat(now).as("what was made stays as it was made").containsAllEntriesOf(seen);
            seen.putAll(now);
        }
        assertThat(kills).isEqualTo(points().size());
        assertThat(run(environment, -1)).as("%s", log()).isZero();
        assertThat(run(environment, -1)).as("nothing is left to do: %s", log()).isZero();
        Map<String, String> end = live(environment);
        assertThat(end).containsAllEntriesOf(seen).hasSize(KilledApply.OBJECTS);
        assertThat(SERVER.kubectl("-n", "default", "get", "configmap", environment, "-o", "jsonpath={.data}"))
                .contains("neighbour");
    }

    /**
     * How many points each process survives: two for its beginning, then four for each object that it makes. What an
     * earlier one made is unchanged, and so no step. Two of the kinds of points let their object be made by the next one.
     */
    private static List<Integer> points() {
        int stride = EVERY_STEP ? 1 : 4;
        List<Integer> points = new ArrayList<>(List.of(0, 1));
        for (int kill = 0; (kill + 1) * stride <= KilledApply.OBJECTS; kill++) {
            int kind = kill % POINTS;
            points.add(2 + POINTS * (stride - 1) + kind);
            if (kind < 2) {
                points.add(2 + POINTS - 1);
            }
        }
        return points;
    }

    private int run(String environment, int point) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                KilledApply.class.getName(),
                SERVER.kubeconfig().toString(),
                "jdbc:h2:file:" + folder.resolve("journal"),
                environment,
                String.valueOf(point));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(folder.resolve("log").toFile()))
                .start()
                .waitFor();
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** Every object of the environment, and which one it is in which version: made again or written again it would differ. */
    private static Map<String, String> live(String environment) {
        Map<String, String> live = new TreeMap<>();
        String lines = SERVER.kubectl(
                "get",
                "namespaces,configmaps",
                "-A",
                "-l",
                "mergeway.dev/environment=" + environment,
                "-o",
                "jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.uid} {.metadata.resourceVersion}{\"\\n\"}{end}");
        lines.lines().forEach(line -> live.put(line.split(" ", 2)[0], line.split(" ", 2)[1]));
        return live;
    }
}
