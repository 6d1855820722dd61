package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.kubernetes.KubernetesServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * One apply of fifty objects to a real Kubernetes, killed with SIGKILL at step after step of its journal and started
 * again each time: before an intent is written, before its effect, before its outcome is written, and after it, in turn.
 * Each of the fifty objects is hit, by about 75 processes in four minutes; with {@code MERGEWAY_EVERY_STEP=0} every fourth is.
 * While one process works, the next one gets ready.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ApplyCrashIT {
    /** Two for each of an object's two entries in the journal. */
    private static final int POINTS = 4;

    private static final boolean EVERY_STEP = !"0".equals(System.getenv("MERGEWAY_EVERY_STEP"));

    private static final int SIGKILL = 128 + 9;

    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    @TempDir
    private Path folder = Path.of(".");

    /** Processes that wait for their turn. */
    private final Deque<Process> ready = new ArrayDeque<>();

    @Test
    void killedAtEveryStepItMakesEveryObjectOnce() throws Exception {
        String environment = SERVER.freshName("step");
        SERVER.kubectl("-n", "default", "create", "configmap", environment, "--from-literal=a=neighbour");
        Map<String, String> seen = new TreeMap<>();
        List<Integer> turns = new ArrayList<>(points());
        turns.add(-1); // does the rest
        turns.add(-1); // has nothing left to do
        ready.add(process(environment, turns.getFirst(), 0));
        for (int turn = 0; turn < turns.size(); turn++) {
            if (turn + 1 < turns.size()) {
                ready.add(process(environment, turns.get(turn + 1), turn + 1));
            }
            int exit = run(ready.removeFirst());
            assertThat(exit).as("%s", log(turn)).isEqualTo(turns.get(turn) < 0 ? 0 : SIGKILL);
            Map<String, String> now = live(environment);
            assertThat(now).as("what was made stays as it was made").containsAllEntriesOf(seen);
            seen.putAll(now);
        }
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

    @AfterEach
    void end() {
        ready.forEach(Process::destroyForcibly);
    }

    /** Lets a process begin, and waits for its end. */
    private static int run(Process process) throws IOException, InterruptedException {
        process.outputWriter().append('\n').flush();
        return process.waitFor();
    }

    private Process process(String environment, int point, int turn) throws IOException {
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
                .redirectOutput(Redirect.to(folder.resolve("log-" + turn).toFile()))
                .start();
    }

    private String log(int turn) throws IOException {
        return Files.readString(folder.resolve("log-" + turn));
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
