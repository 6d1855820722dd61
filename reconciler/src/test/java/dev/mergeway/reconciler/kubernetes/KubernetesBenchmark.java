package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.kubernetes.ClusterAccess.Kubeconfig;
import dev.mergeway.reconciler.port.Target.Change;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.schema.model.ResourceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * First apply of apps of 4 objects (the shape of flux-benchmark), against a bare loop of the same server-side applies in
 * the same run. Not part of any build: {@code mvn test -Dtest=KubernetesBenchmark -Dbenchmark.apps=100}.
 */
class KubernetesBenchmark {
    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    private static final String APP = """
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: app-N, namespace: NS}, spec: {replicas: 0, selector: {matchLabels: {app: app-N}},
              template: {metadata: {labels: {app: app-N}}, spec: {containers: [{name: main, image: nginx, ports: [{containerPort: 80}]}]}}}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: app-N, namespace: NS}, spec: {selector: {app: app-N}, ports: [{port: 80}]}}
            ---
            {apiVersion: v1, kind: ServiceAccount, metadata: {name: app-N, namespace: NS}}
            ---
            {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: app-N, namespace: NS}, spec: {maxReplicas: 3,
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: app-N}}}
            """;

    private static List<Desired> apps(String environment, int count) {
        List<Desired> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.addAll(Wanted.all(environment, APP.replace("app-N", "app-" + i)));
        }
        return all;
    }

    @Test
    void appliesAtTheRateOfABareLoop() throws Exception {
        int count = Integer.getInteger("benchmark.apps", 100);
        ClusterAccess access = ClusterAccess.of("test", new Kubeconfig(SERVER.kubeconfig(), ""));
        try (KubernetesTarget target = new KubernetesTarget(access)) {
            for (int round = 0; round < 6; round++) {
                // What one leaves for the controllers to do slows the other: who goes first takes turns.
                double first = round % 2 == 0 ? bare(access, namespace(target), count) : 0;
                String environment = namespace(target);
                List<Desired> all = apps(environment, count);
                long start = System.nanoTime();
                List<Difference> planned = target.compare(all);
                double comparing = seconds(start);
                long calls = target.calls();
                start = System.nanoTime();
                parallel(all.size(), i -> target.apply(all.get(i), planned.get(i)));
                double applying = seconds(start);
                calls = target.calls() - calls;
                double bare = first > 0 ? first : bare(access, namespace(target), count);
                System.out.printf(
                        "%d objects: bare %.2f s, plan %.2f s, apply %.2f s with %d calls: %.2f of the bare rate%n",
                        all.size(), bare, comparing, applying, calls, bare / applying);
            }
        }
    }

    /** Memory and time of a target that only watches, and how soon a change by hand is undone. */
    @Test
    void restsQuietlyAndHealsSoon() throws Exception {
        int count = Integer.getInteger("benchmark.apps", 100);
        ClusterAccess access = ClusterAccess.of("test", new Kubeconfig(SERVER.kubeconfig(), ""));
        LinkedBlockingQueue<Change> changes = new LinkedBlockingQueue<>();
        try (KubernetesTarget target = new KubernetesTarget(access);
                AutoCloseable _ = target.watch(changes::add)) {
            String environment = namespace(target);
            List<Desired> all = apps(environment, count);
            List<Difference> planned = target.compare(all);
            parallel(all.size(), i -> target.apply(all.get(i), planned.get(i)));
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
                target.compare(all);
                return target.quiet(all);
            });
            long calls = target.calls();
            long start = System.nanoTime();
            target.compare(all);
            System.out.printf(
                    "%d objects at rest: compared in %.0f ms with %d calls, heap %d MiB%n",
                    all.size(), seconds(start) * 1000, target.calls() - calls, heap());
            Map<ResourceKey, Desired> byKey = new HashMap<>();
            all.forEach(one -> byKey.put(one.key(), one));
            List<Double> healed = new ArrayList<>();
            for (int i = 0; i < Math.min(20, count); i++) {
                changes.clear();
                String service = "app-" + i;
                SERVER.kubectl(
                        "-n",
                        environment,
                        "patch",
                        "service",
                        service,
                        "-p",
                        "{\"spec\":{\"selector\":{\"app\":\"x\"}}}");
                long edited = System.nanoTime();
                Outcome outcome = null;
                while (outcome == null) {
                    Change change = changes.take();
                    Desired one = byKey.get(change.key());
                    if (one != null && one.key().name().equals(service)) {
                        Difference difference = target.compare(List.of(one)).getFirst();
                        outcome = difference.action() == Action.UPDATE ? target.apply(one, difference) : null;
                    }
                }
                healed.add(seconds(edited));
            }
            healed.sort(null);
            System.out.printf(
                    "healed after a hand edit: median %.0f ms, worst %.0f ms%n",
                    healed.get(healed.size() / 2) * 1000, healed.getLast() * 1000);
        }
    }

    private static long heap() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
    }

    private static String namespace(KubernetesTarget target) throws Exception {
        String environment = SERVER.freshName("bench");
        Desired namespace = Wanted.one(environment, "{apiVersion: v1, kind: Namespace, metadata: {name: NS}}");
        target.apply(namespace, target.compare(List.of(namespace)).getFirst());
        return environment;
    }

    private static double bare(ClusterAccess access, String environment, int count) throws Exception {
        try (Api api = new Api(access, Thread::sleep)) {
            Kinds kinds = new Kinds(api);
            List<Desired> all = apps(environment, count);
            for (Desired one : all) {
                kinds.find(one.key().type());
            }
            List<Map<String, Object>> bodies =
                    all.stream().map(one -> Marks.marked(one, access.home())).toList();
            long start = System.nanoTime();
            parallel(all.size(), i -> {
                Desired one = all.get(i);
                Kind kind = kinds.find(one.key().type()).orElseThrow();
                String path = kind.path(environment, one.key().name());
                Reply reply = api.send(Call.apply(path, bodies.get(i), false, true), Patience.LONG);
                if (!reply.ok()) {
                    throw new AssertionError(reply.message());
                }
                return Outcome.done(one.key(), Outcome.Result.CREATED);
            });
            return seconds(start);
        }
    }

    private interface Work {
        Outcome at(int index) throws Exception;
    }

    private static void parallel(int count, Work work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int index = i;
                outcomes.add(threads.submit(() -> work.at(index)));
            }
            for (Future<Outcome> outcome : outcomes) {
                if (outcome.get().problem() != null) {
                    throw new AssertionError(outcome.get());
                }
            }
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
