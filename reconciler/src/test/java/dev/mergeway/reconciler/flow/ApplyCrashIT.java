package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.kubernetes.KubernetesServer;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.reconciler.servers.FastJava;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The release of a merged pull request to a real Kubernetes, which creates, updates, replaces and deletes fifty objects,
 * killed with SIGKILL at every step of its journal and started again each time: at one {@linkplain Moment moment} of each of
 * the fifty, and of the run as a whole, and the same again for each of the three moments. After each kill only what was to
 * be is done, and done once.
 *
 * <p>These are 53 processes for each moment, each of which costs some 2.5 seconds of processor time and gets ready while
 * others work. With {@code MERGEWAY_EVERY_STEP=0} every fourth step has its kill, which takes 15 processes.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ApplyCrashIT {
    private static final int STRIDE = "0".equals(System.getenv("MERGEWAY_EVERY_STEP")) ? 4 : 1;

    private static final int SIGKILL = 128 + 9;

    /** Processes that get ready while one works. */
    private static final int AHEAD = 2;

    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    @TempDir
    private static Path archive = Path.of(".");

    private static @Nullable FastJava fast;

    @TempDir
    private Path folder = Path.of(".");

    /** Processes that wait for their turn. */
    private final Deque<Process> ready = new ArrayDeque<>();

    private int started;

    @BeforeAll
    static void jars() {
        fast = FastJava.in(archive);
    }

    @ParameterizedTest
    @EnumSource
    void killedAtEveryStepItDoesEverythingOnce(Moment moment) throws Exception {
        FiftyObjects objects = new FiftyObjects(SERVER.freshName("step"));
        String environment = objects.environment();
        List<String> steps = steps(objects);
        Path left = Files.createFile(folder.resolve("left"));
        try (KilledShop shop = new KilledShop(folder, SERVER.kubeconfig())) {
            shop.commit(objects.before());
            assertThat(run(process(environment, moment))).isZero();
            SERVER.kubectl("-n", environment, "create", "configmap", "neighbour", "--from-literal=is=mine");
            shop.merge(objects.change());
            assertThat(shop.comment()).contains("Ready to merge");

            Map<String, LiveObject> before = LiveObject.in(environment, SERVER);
            Files.write(left, steps);
            Set<String> done = killed(moment, environment, steps, left);
            assertThat(done).isEqualTo(new TreeSet<>(objects.all()));

            Map<String, LiveObject> end = LiveObject.in(environment, SERVER);
            assertThat(held(end, objects.all())).isEqualTo(objects.wanted());
            objects.updated().forEach(key -> assertThat(uid(end, key)).isEqualTo(uid(before, key)));
            objects.replaced().forEach(key -> assertThat(uid(end, key)).isNotEqualTo(uid(before, key)));
            assertThat(shop.remembered(environment))
                    .isEqualTo(objects.wanted().size() + FiftyObjects.OF_THE_ENVIRONMENT);
            Ending again = shop.run(new RunKey.Release(environment), "another", journal -> journal);
            assertThat(again.state()).as("%s", again).isEqualTo(RunState.SUCCEEDED);
            assertThat(LiveObject.in(environment, SERVER))
                    .as("nothing is to do")
                    .isEqualTo(end);
        }
    }

    private static List<String> steps(FiftyObjects objects) {
        List<String> all = new ArrayList<>(List.of(KillingJournal.RUN));
        all.addAll(objects.all());
        return IntStream.range(0, all.size())
                .filter(index -> index % STRIDE == 0)
                .mapToObj(all::get)
                .toList();
    }

    /**
     * Kills a process at every step, looking each time at what it changed; two more do what is left and find nothing to do.
     * Gives what was changed, each once.
     */
    private Set<String> killed(Moment moment, String environment, List<String> steps, Path left) throws Exception {
        Set<String> done = new TreeSet<>();
        Set<String> unhit = new HashSet<>(steps);
        Map<String, LiveObject> seen = LiveObject.in(environment, SERVER);
        for (int turns = steps.size() + 2; turns > 0; turns--) {
            while (ready.size() < Math.min(1 + AHEAD, turns)) {
                ready.add(process(environment, moment));
            }
            int turn = started - ready.size();
            int exit = run(ready.removeFirst());
            assertThat(exit).as("%s", log(turn)).isEqualTo(turns > 2 ? SIGKILL : 0);
            Set<String> hit = new HashSet<>(unhit);
            unhit.retainAll(Files.readAllLines(left));
            hit.removeAll(unhit);
            assertThat(hit).as("killed at").hasSize(turns > 2 ? 1 : 0);

            Map<String, LiveObject> now = LiveObject.in(environment, SERVER);
            Set<String> changed = LiveObject.changed(seen, now);
            assertThat(changed).as("not again").noneMatch(done::contains);
            assertThat(changed).as("not before it was killed there").noneMatch(unhit::contains);
            hit.remove(KillingJournal.RUN);
            if (moment == Moment.INTENDED) {
                assertThat(changed).as("only intended").noneMatch(hit::contains);
            } else {
                assertThat(changed).as("done").containsAll(hit);
            }
            done.addAll(changed);
            seen = now;
        }
        assertThat(log(started - 1)).endsWith(ReleaseFlow.NOTHING_NEW + "\n");
        return done;
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

    private Process process(String environment, Moment moment) throws IOException {
        List<String> command = Objects.requireNonNull(fast)
                .command(
                        KilledApply.class,
                        SERVER.kubeconfig().toString(),
                        folder.toString(),
                        environment,
                        moment.name(),
                        folder.resolve("left").toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(folder.resolve("log-" + started++).toFile()))
                .start();
    }

    private String log(int turn) throws IOException {
        return Files.readString(folder.resolve("log-" + turn));
    }

    private static Map<String, String> held(Map<String, LiveObject> live, List<String> keys) {
        Map<String, String> held = new HashMap<>();
        live.forEach((key, object) -> {
            if (keys.contains(key)) {
                held.put(key, object.held());
            }
        });
        return held;
    }

    private static String uid(Map<String, LiveObject> live, String key) {
        return live.containsKey(key) ? live.get(key).uid() : "none";
    }
}
