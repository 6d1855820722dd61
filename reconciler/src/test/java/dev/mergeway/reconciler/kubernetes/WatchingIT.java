package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.kubernetes.ClusterAccess.Kubeconfig;
import dev.mergeway.reconciler.kubernetes.ClusterAccess.Token;
import dev.mergeway.reconciler.kubernetes.FaultProxy.Fault;
import dev.mergeway.reconciler.port.Target.Change;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Observation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WatchingIT {
    /** Controllers of a busy machine take their time. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    private static final String MAPS = """
            {apiVersion: v1, kind: Namespace, metadata: {name: NS}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: one, namespace: NS}, data: {a: b}}
            """;

    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: { name: web, namespace: NS, labels: { app: web } }
            spec: { type: LoadBalancer, selector: { app: web }, ports: [ { port: 80 } ] }
            """;

    private static final String WEB = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web, namespace: NS }
            spec:
              replicas: 1
              selector: { matchLabels: { app: web } }
              template:
                metadata: { labels: { app: web } }
                spec: { containers: [ { name: main, image: nginx } ] }
            """;

    private KubernetesTarget target;
    private String environment;
    private final List<Change> changes = new CopyOnWriteArrayList<>();

    @BeforeEach
    void begin() throws IOException {
        target = new KubernetesTarget(ClusterAccess.of("test", new Kubeconfig(SERVER.kubeconfig(), "")));
        environment = SERVER.freshName("watch");
    }

    @AfterEach
    void end() {
        target.close();
    }

    private void apply(List<Desired> all) throws Exception {
        List<Difference> differences = target.compare(all);
        for (int i = 0; i < all.size(); i++) {
            assertThat(target.apply(all.get(i), differences.get(i)).problem()).isNull();
        }
    }

    private void awaitChange(Desired desired) {
        Change change = new Change(environment, desired.key());
        Awaitility.await().atMost(PATIENCE).until(() -> changes.contains(change));
    }

    @Test
    void tellsWhatWasChangedDeletedOrMadeOfNewKinds() throws Exception {
        List<Desired> maps = Wanted.all(environment, MAPS);
        apply(maps);
        try (AutoCloseable _ = target.watch(changes::add)) {
            Awaitility.await().atMost(PATIENCE).until(() -> quiet(maps));
            changes.clear();
            SERVER.kubectl("-n", environment, "patch", "configmap", "one", "-p", "{\"data\":{\"a\":\"c\"}}");
            awaitChange(maps.get(1));

            Desired web = Wanted.one(environment, WEB);
            apply(List.of(web));
            awaitChange(web);

            changes.clear();
            SERVER.kubectl("-n", environment, "delete", "configmap", "one");
            awaitChange(maps.get(1));
        }
    }

    /** At rest nothing is asked: the answer comes though the API server is gone. */
    private boolean quiet(List<Desired> desired) throws Exception {
        target.compare(desired);
        return target.quiet(desired);
    }

    /** Calls made so far, once all watches have listed, those of other tests' kinds too, and nobody asks any more. */
    private long callsAtRest(List<Desired> all) {
        AtomicLong before = new AtomicLong();
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> quiet(all) && before.getAndSet(target.calls()) == target.calls());
        return before.get();
    }

    @Test
    void restsWithoutAnyCall() throws Exception {
        List<Desired> all = Wanted.all(environment, MAPS + "---\n" + WEB);
        apply(all);
        try (AutoCloseable _ = target.watch(changes::add)) {
            long before = callsAtRest(all);
            assertThat(target.compare(all)).extracting(Difference::action).containsOnly(Action.UNCHANGED);
            assertThat(target.calls()).isEqualTo(before);

            changes.clear();
            SERVER.kubectl("-n", environment, "scale", "deployment/web", "--replicas=2");
            awaitChange(all.get(2));
            assertThat(target.compare(all).get(2).action()).isEqualTo(Action.UPDATE);
        }
    }

    /** Controllers write the status of these whenever a pod comes or goes; the generation of a scaler is nowhere. */
    @Test
    void podsThatComeAndGoAskNobody() throws Exception {
        SERVER.needsPods();
        List<Desired> all = Wanted.all(environment, MAPS + "---\n" + WEB + """
                ---
                {apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web, namespace: NS}, spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}}
                ---
                {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: web, namespace: NS}, spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}}
                """);
        apply(all);
        try (AutoCloseable _ = target.watch(changes::add)) {
            SERVER.kubectl("-n", environment, "wait", "deployment/web", "--for=condition=Available", "--timeout=120s");
            long before = callsAtRest(all);
            changes.clear();
            SERVER.kubectl("-n", environment, "delete", "pods", "-l", "app=web", "--wait=false");
            awaitChange(all.get(2));
            awaitChange(all.get(3));
            assertThat(target.compare(all)).extracting(Difference::action).containsOnly(Action.UNCHANGED);
            assertThat(target.calls()).isEqualTo(before);
        }
    }

    /** A Service has no generation: only who wrote what tells its status from what is ours. */
    @Test
    void aStatusThatMovesAsksNobodyAndAnEditRightAfterItIsSeen() throws Exception {
        List<Desired> all = Wanted.all(environment, MAPS.split("---", 2)[0] + "---\n" + SERVICE);
        apply(all);
        Desired service = all.get(1);
        try (AutoCloseable _ = target.watch(changes::add)) {
            long before = callsAtRest(all);
            changes.clear();
            String status = "{\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"192.0.2.1\"}]}}}";
            SERVER.kubectl("-n", environment, "patch", "service", "web", "--subresource=status", "-p", status);
            awaitChange(service);
            assertThat(target.compare(all)).extracting(Difference::action).containsOnly(Action.UNCHANGED);
            assertThat(target.calls()).isEqualTo(before);

            for (int edit = 0; edit < 3; edit++) { // within a second or two: entries have times of whole seconds
                SERVER.kubectl("-n", environment, "label", "service", "web", "app=" + edit, "--overwrite");
                Awaitility.await().atMost(PATIENCE).until(() -> !target.quiet(all));
                Difference difference = target.compare(all).get(1);
                assertThat(difference.action()).isEqualTo(Action.UPDATE);
                assertThat(target.apply(service, difference).problem()).isNull();
                Awaitility.await().atMost(PATIENCE).until(() -> target.quiet(all));
            }
        }
    }

    /** What each of these says may be edited, and the generation of some of them does not move for it. */
    private static final String EDITABLE = """
            {apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: NS}, value: 7, description: ours}
            ---
            {apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: NS}, provisioner: example.com/none, allowVolumeExpansion: false}
            ---
            {apiVersion: node.k8s.io/v1, kind: RuntimeClass, metadata: {name: NS}, handler: runc, scheduling: {nodeSelector: {by: us}}}
            ---
            {apiVersion: storage.k8s.io/v1, kind: CSIDriver, metadata: {name: NS.example.com}, spec: {requiresRepublish: false}}
            ---
            {apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: NS}, spec: {controller: example.com/none, parameters: {apiGroup: example.com, kind: Ours, name: x}}}
            ---
            {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: NS}, rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]}
            ---
            {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: web, namespace: NS}, spec: {podSelector: {matchLabels: {by: us}}, policyTypes: [Ingress]}}
            ---
            {apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web, namespace: NS}, spec: {minAvailable: 1, selector: {matchLabels: {by: us}}}}
            ---
            {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: web, namespace: NS}, spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}}
            ---
            {apiVersion: v1, kind: ResourceQuota, metadata: {name: web, namespace: NS}, spec: {hard: {pods: "9"}}}
            ---
            {apiVersion: v1, kind: Secret, metadata: {name: web, namespace: NS}, data: {by: dXM=}}
            ---
            {apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: {name: NS}, spec: {failurePolicy: Ignore, matchConstraints: {resourceRules: [{apiGroups: [example.com], apiVersions: [v1], operations: [CREATE], resources: [lamps]}]}, validations: [{expression: "true", message: ours}]}}
            """;

    private static final Map<String, String> EDITS = Map.ofEntries(
            Map.entry("PriorityClass", "{\"description\":\"theirs\"}"),
            Map.entry("StorageClass", "{\"allowVolumeExpansion\":true}"),
            Map.entry("RuntimeClass", "{\"scheduling\":{\"nodeSelector\":{\"by\":\"them\"}}}"),
            Map.entry("CSIDriver", "{\"spec\":{\"requiresRepublish\":true}}"),
            Map.entry("IngressClass", "{\"spec\":{\"parameters\":{\"kind\":\"Theirs\"}}}"),
            Map.entry(
                    "ClusterRole",
                    "{\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"list\"]}]}"),
            Map.entry("NetworkPolicy", "{\"spec\":{\"podSelector\":{\"matchLabels\":{\"by\":\"them\"}}}}"),
            Map.entry("PodDisruptionBudget", "{\"spec\":{\"minAvailable\":2}}"),
            Map.entry("HorizontalPodAutoscaler", "{\"spec\":{\"maxReplicas\":4}}"),
            Map.entry("ResourceQuota", "{\"spec\":{\"hard\":{\"pods\":\"8\"}}}"),
            Map.entry("Secret", "{\"data\":{\"by\":\"dGhlbQ==\"}}"),
            Map.entry("ValidatingAdmissionPolicy", "{\"spec\":{\"failurePolicy\":\"Fail\"}}"));

    @Test
    void anEditIsSeenWhetherOrNotTheGenerationMovesForIt() throws Exception {
        List<Desired> all = Wanted.all(environment, MAPS.split("---", 2)[0] + "---\n" + EDITABLE);
        apply(all);
        List<Desired> edited = all.subList(1, all.size());
        try (AutoCloseable _ = target.watch(changes::add)) {
            Awaitility.await().atMost(PATIENCE).until(() -> quiet(all));
            for (Desired one : edited) {
                patch(one, Objects.requireNonNull(EDITS.get(one.key().kind())));
            }
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(target.compare(edited))
                            .allSatisfy(difference -> assertThat(difference.action())
                                    .as("%s", difference.key())
                                    .isEqualTo(Action.UPDATE)));
            apply(edited);
            Awaitility.await().atMost(PATIENCE).until(() -> quiet(all));
        } finally {
            for (Desired one : all.reversed()) {
                target.delete(one.key(), one.owner());
            }
        }
    }

    private void patch(Desired one, String edit) {
        SERVER.kubectl("-n", environment, "patch", one.key().kind(), one.key().name(), "--type=merge", "-p", edit);
    }

    @Test
    void goesOnAfterTheApiServerWasKilled() throws Exception {
        List<Desired> maps = Wanted.all(environment, MAPS);
        apply(maps);
        try (AutoCloseable _ = target.watch(changes::add)) {
            Awaitility.await().atMost(PATIENCE).until(() -> quiet(maps));
            SERVER.killApiServer();
            SERVER.startApiServer();
            changes.clear();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> SERVER.kubectl(
                                    "-n", environment, "patch", "configmap", "one", "-p", "{\"data\":{\"a\":\"c\"}}")
                            .contains("patched"));
            awaitChange(maps.get(1));
        }
    }

    @Test
    void missesNothingWhileItWasCutOffForTooLong() throws Exception {
        List<Desired> maps = Wanted.all(environment, MAPS + "---\n" + MAPS.split("---", 2)[1].replace("one", "two"));
        apply(maps);
        try (FaultProxy proxy = new FaultProxy(SERVER);
                KubernetesTarget behind = new KubernetesTarget(
                        ClusterAccess.of("test", new Token(proxy.url(), SERVER.certificate(), SERVER::token)));
                AutoCloseable _ = behind.watch(changes::add)) {
            Awaitility.await().atMost(PATIENCE).until(() -> {
                behind.compare(maps);
                return behind.quiet(maps);
            });
            changes.clear();
            proxy.next(new Fault.Answer(503, ""), 12);
            proxy.next(new Fault.Answer(410, ""), 12);
            proxy.cut();
            Awaitility.await().atMost(PATIENCE).until(() -> !behind.quiet(maps));
            SERVER.kubectl("-n", environment, "delete", "configmap", "one");
            SERVER.kubectl("-n", environment, "patch", "configmap", "two", "-p", "{\"data\":{\"a\":\"c\"}}");
            awaitChange(maps.get(1));
            awaitChange(maps.get(2));
            assertThat(behind.compare(maps))
                    .extracting(Difference::action)
                    .containsExactly(Action.UNCHANGED, Action.CREATE, Action.UPDATE);
        }
    }

    @Test
    void observesPodsAndEventsBehindADeployment() throws Exception {
        SERVER.needsPods();
        apply(Wanted.all(
                environment,
                MAPS
                        + "---\n{apiVersion: v1, kind: ResourceQuota, metadata: {name: q, namespace: NS},"
                        + " spec: {hard: {pods: \"0\"}}}\n---\n" + WEB));
        Desired web = Wanted.one(environment, WEB);
        Awaitility.await().atMost(PATIENCE).until(() -> {
            Observation observation = target.observe(web.key()).orElseThrow();
            return observation.related().stream()
                    .anyMatch(related -> Look.text(related, "message").contains("exceeded quota"));
        });
        SERVER.kubectl("-n", environment, "delete", "resourcequota", "q");
        SERVER.kubectl("-n", environment, "rollout", "restart", "deployment/web");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> target.observe(web.key()).orElseThrow().related().isEmpty());
    }
}
