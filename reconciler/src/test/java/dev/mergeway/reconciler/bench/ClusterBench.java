package dev.mergeway.reconciler.bench;

import dev.mergeway.reconciler.bench.Cluster.Request;
import dev.mergeway.reconciler.git.OriginRepository;
import dev.mergeway.reconciler.kubernetes.DeployedRights;
import dev.mergeway.reconciler.kubernetes.KubernetesServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole service on a real API server, which it may ask no more than {@code deploy/kubernetes.yaml} allows: first apply
 * beside a bare loop of the same requests, rest, repairs, one changed spec of many.
 */
class ClusterBench {
    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    private static final int WARM_UP = 50;
    private static final int EDITS = Integer.getInteger("bench.edits", 40);
    private static final Duration REST = Duration.ofSeconds(Integer.getInteger("bench.rest-seconds", 330));

    @TempDir
    Path folder;

    private Cluster cluster;
    private Cluster person;
    private Path kubeconfig;
    private int pulls;

    @BeforeEach
    void login() throws Exception {
        kubeconfig = DeployedRights.login(SERVER, folder);
        cluster = new Cluster(SERVER, DeployedRights.token(SERVER));
        person = new Cluster(SERVER, SERVER.token());
    }

    @AfterEach
    void logout() {
        cluster.close();
        person.close();
    }

    @Test
    void manyAppsThenRestThenRepairs() throws Exception {
        int best = bestConcurrency();
        Apps specs = new Apps(folder.resolve("apps"), kubeconfig);
        specs.make();
        try (OriginRepository repository = specs.open();
                RunningService service = RunningService.start(specs.config())) {
            // Both sides have made as many objects before they are measured.
            firstApply(WARM_UP, repository, specs, service);
            int all = WARM_UP;
            String environment = "";
            Map<Integer, List<Double>> shares = new TreeMap<>();
            for (String size : System.getProperty("bench.apps", "100,500,1000").split(",")) {
                int apps = Integer.parseInt(size);
                all += apps;
                double before = bare(apps, best);
                First first = firstApply(apps, repository, specs, service);
                environment = first.environment();
                double after = bare(apps, best);
                String title = apps + " apps of 4 objects";
                say(title, "bare loop before and after: %.0f and %.0f objects a second", before, after);
                say(title, "first apply is %.2f of the better one", first.rate() / Math.max(before, after));
                // The cluster grows: what is in the middle is compared with the middle.
                shares.computeIfAbsent(apps, any -> new ArrayList<>()).add(first.rate() / ((before + after) / 2));
            }
            for (Map.Entry<Integer, List<Double>> size : shares.entrySet()) {
                compare(size.getKey() + " apps of 4 objects", size.getValue());
            }
            rest(4 * all + " objects at rest", service);
            edits(4 * all + " objects, one edited by hand", environment);
            say("after that", "resident memory %d MiB", service.residentMib().orElse(0L));
        }
    }

    @Test
    void oneChangedSpecOfMany() throws Exception {
        int all = Integer.getInteger("bench.notes", 10_000);
        int environments = Math.max(1, all / 500);
        String title = "one spec of " + all + " with one object each";
        Apps specs = new Apps(folder.resolve("notes"), kubeconfig);
        specs.make();
        List<String> names = new ArrayList<>();
        try (OriginRepository repository = specs.open()) {
            for (int number = 0; number < environments; number++) {
                names.add(SERVER.freshName("notes"));
                Apps.merge(repository, specs.commit(repository, names.getLast(), "Note", all / environments));
            }
            try (RunningService service = RunningService.start(specs.config())) {
                long began = System.nanoTime();
                for (String name : names) {
                    synced(service, name);
                }
                say(title, "everything applied after %.0f s", (System.nanoTime() - began) / 1e9);
                settle();
                Samples applied = pushes(specs, repository, names, all / environments);
                say(title, "push → applied: %s", applied.text());
                Samples own = bareChanges(names.getFirst());
                say(title, "read, dry run and apply of one object by a bare client: %s", own.text());
                say(title, "beyond that at p95: %.0f ms", applied.quantile(0.95) - own.quantile(0.95));
                say(title, "resident memory %d MiB", service.residentMib().orElse(0L));
            }
        }
    }

    /** What first applies of one size reach of the mean of the bare loops before and after each. */
    private static void compare(String title, List<Double> shares) throws IOException {
        Samples all = new Samples(shares);
        say(
                title,
                "of the mean of both, at the median of %d: %.2f, %.2f at worst",
                shares.size(),
                all.median(),
                all.quantile(0));
    }

    /** The concurrency at which a bare loop is fastest, unless somebody says. */
    private int bestConcurrency() throws Exception {
        int given = Integer.getInteger("bench.concurrency", 0);
        if (given > 0) {
            return given;
        }
        Map<Double, Integer> byRate = new TreeMap<>();
        bare(WARM_UP, 8);
        for (int concurrency : new int[] {4, 8, 16, 32, 64}) {
            double rate = bare(200, concurrency);
            say("bare loop", "%d at once: %.0f objects a second", concurrency, rate);
            byRate.put(rate, concurrency);
        }
        return byRate.values().stream().reduce((first, second) -> second).orElseThrow();
    }

    private double bare(int apps, int concurrency) throws Exception {
        double rate = BareLoop.rate(cluster, SERVER.freshName("bare"), apps, concurrency);
        settle();
        return rate;
    }

    /** What was made leaves work for the controllers, which is not to be measured with what comes next. */
    private void settle() throws Exception {
        String sets = "/apis/apps/v1/replicasets";
        until(() -> person.count(sets) >= person.count("/apis/apps/v1/deployments"), 500);
        RunningService.pause(5_000);
    }

    /** An environment that was made, and how many objects of it a second. */
    private record First(String environment, double rate) {}

    /** From the merge of a pull request that was planned to its last object, as the API server dates them: looking would cost as much as applies. */
    private First firstApply(int apps, OriginRepository repository, Apps specs, RunningService service)
            throws Exception {
        String title = apps + " apps of 4 objects";
        String environment = SERVER.freshName("apps");
        String commit = specs.commit(repository, environment, "App", apps);
        long began = System.nanoTime();
        repository.point("refs/heads/" + environment, Optional.empty(), Optional.of(commit));
        String pull = "/api/v1/pulls/all/" + ++pulls;
        until(() -> service.get(pull).contains("\"hash\""), 50);
        say(title, "branch → plan: %.1f s", (System.nanoTime() - began) / 1e9);
        settle();
        long mark = audit().mark();
        Instant merged = Instant.now();
        began = System.nanoTime();
        Apps.merge(repository, commit);
        synced(service, environment);
        say(title, "merge → receipt: %.1f s", (System.nanoTime() - began) / 1e9);
        say(title, "resident memory %d MiB", service.residentMib().orElse(0L));
        audit().mark();
        AuditLog.Applied applied = audit().applied(environment, mark);
        if (!made(environment, apps)) {
            throw new IOException("not everything of " + environment + " was made");
        }
        double first = seconds(merged, applied.namespace());
        double took = seconds(merged, applied.last());
        say(title, "merge → namespace: %.2f s", first);
        say(title, "namespace → last object: %.0f objects a second", 4 * apps / (took - first));
        say(title, "merge → last object: %.2f s, %.0f objects a second", took, 4 * apps / took);
        say(title, "requests: %s", audit().since(mark));
        settle();
        return new First(environment, 4 * apps / took);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1e3;
    }

    private boolean made(String environment, int apps) throws Exception {
        for (String collection : Apps.COLLECTIONS) {
            if (person.count(collection.formatted(environment)) < apps) {
                return false;
            }
        }
        return true;
    }

    private static void synced(RunningService service, String environment) throws Exception {
        until(() -> service.get("/api/v1/environments/" + environment).contains("\"Synced\""), 50);
    }

    private static AuditLog audit() {
        return new AuditLog(SERVER.auditLog());
    }

    private static void rest(String title, RunningService service) throws Exception {
        RunningService.pause(60_000);
        long mark = audit().mark();
        double cpu = service.cpuSeconds();
        long began = System.nanoTime();
        RunningService.pause(REST.toMillis());
        double wall = (System.nanoTime() - began) / 1e9;
        double used = service.cpuSeconds() - cpu;
        say(title, "%.2f s of processor in %.0f s, %.2f%% of a core", used, wall, 100 * used / wall);
        say(title, "requests in that time: %s", audit().since(mark));
        say(title, "resident memory %d MiB", service.residentMib().orElse(0L));
    }

    private void edits(String title, String environment) throws Exception {
        int apps = person.count(Apps.COLLECTIONS.getLast().formatted(environment));
        List<Double> millis = new ArrayList<>();
        for (int edit = 0; edit < EDITS; edit++) {
            String name = Apps.name(Math.floorMod(edit * 7919 + 13, apps));
            String path = "/apis/autoscaling/v2/namespaces/" + environment + "/horizontalpodautoscalers/" + name;
            person.send(Request.merge(path, "{\"spec\":{\"maxReplicas\":7}}"));
            long began = System.nanoTime();
            until(() -> person.send(Request.read(path)).contains("\"maxReplicas\":3"), 20);
            millis.add((System.nanoTime() - began) / 1e6);
            RunningService.pause(500 + edit * 37L % 1_000);
        }
        say(title, "edit → healed: %s, worst %.0f ms", new Samples(millis).text(), new Samples(millis).quantile(1));
    }

    private Samples pushes(Apps specs, OriginRepository repository, List<String> environments, int each)
            throws Exception {
        List<Double> millis = new ArrayList<>();
        for (int push = -5; push < EDITS; push++) {
            String environment = environments.get(Math.floorMod(push * 7, environments.size()));
            int number = Math.floorMod(push * 7919 + 13, each);
            String tag = "t" + System.nanoTime();
            String commit = specs.change(repository, environment, "Note", number, tag);
            // Pushes come at any phase of the service's ticks.
            RunningService.pause(500 + (push + 5) * 37L % 250);
            String path = "/api/v1/namespaces/" + environment + "/configmaps/" + Apps.name(number);
            long began = System.nanoTime();
            Apps.merge(repository, commit);
            until(() -> person.send(Request.read(path)).contains(tag), 20);
            if (push >= 0) {
                millis.add((System.nanoTime() - began) / 1e6);
            }
        }
        return new Samples(millis);
    }

    /** The same three requests that one change takes, one after the other. */
    private Samples bareChanges(String environment) throws Exception {
        List<Double> millis = new ArrayList<>();
        for (int change = 0; change < EDITS; change++) {
            String path = "/api/v1/namespaces/" + environment + "/configmaps/" + Apps.name(change);
            String body = """
                    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s","namespace":"%s"},"data":{"bare":"%d"}}""".formatted(Apps.name(change), environment, change);
            String query = "?fieldManager=bare&fieldValidation=Strict&force=false";
            String type = "application/apply-patch+yaml";
            long began = System.nanoTime();
            cluster.send(Request.read(path));
            cluster.send(new Request("PATCH", path + query + "&dryRun=All", type, body));
            cluster.send(new Request("PATCH", path + query, type, body));
            millis.add((System.nanoTime() - began) / 1e6);
            RunningService.pause(200);
        }
        return new Samples(millis);
    }

    private static void say(String title, String format, Object... values) throws IOException {
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
        System.out.println(title + ": " + String.format(Locale.ROOT, format, values) + " (load " + load + ")");
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void until(Condition condition, long pause) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(20).toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IOException("waited twenty minutes in vain");
            }
            RunningService.pause(pause);
        }
    }
}
