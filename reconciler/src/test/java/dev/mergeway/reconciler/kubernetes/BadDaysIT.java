package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mergeway.reconciler.health.HealthRules;
import dev.mergeway.reconciler.kubernetes.ClusterAccess.Kubeconfig;
import dev.mergeway.reconciler.kubernetes.ClusterAccess.Token;
import dev.mergeway.reconciler.kubernetes.FaultProxy.Fault;
import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Outcome.Result;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.resource.Problem.Turn;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What must come out right when things do not go well. */
class BadDaysIT {
    /** Controllers of a busy machine take their time. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Gives up on an answer or a deletion after little time. */
    private static final Limits HASTY = new Limits(Duration.ofSeconds(2), Duration.ofSeconds(5));

    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    private static final String NAMESPACE = "{apiVersion: v1, kind: Namespace, metadata: {name: NS}}";
    private static final String MAP =
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: one, namespace: NS}, data: {a: b}}";
    private static final String WEB = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web, namespace: NS }
            spec:
              replicas: 1
              selector: { matchLabels: { app: web } }
              template:
                metadata: { labels: { app: web } }
                spec: { containers: [ { name: main, image: nginx, resources: { requests: { cpu: 100m } } } ] }
            """;

    private KubernetesTarget target;
    private String environment;

    @BeforeEach
    void begin() throws Exception {
        target = new KubernetesTarget(ClusterAccess.of("test", new Kubeconfig(SERVER.kubeconfig(), "")));
        environment = SERVER.freshName("bad");
        apply(target, Wanted.one(environment, NAMESPACE));
    }

    @AfterEach
    void end() {
        target.close();
    }

    private static Outcome apply(KubernetesTarget target, Desired desired) throws TargetException {
        return target.apply(desired, target.compare(List.of(desired)).getFirst());
    }

    private static Problem problem(Outcome outcome) {
        return Objects.requireNonNull(outcome.problem(), () -> "no problem: " + outcome);
    }

    private KubernetesTarget through(FaultProxy proxy) throws IOException {
        return new KubernetesTarget(
                ClusterAccess.of("test", new Token(proxy.url(), SERVER.certificate(), SERVER::token)));
    }

    @Test
    void waitsOutWhatPasses() throws Exception {
        try (FaultProxy proxy = new FaultProxy(SERVER);
                KubernetesTarget behind = through(proxy)) {
            Desired map = Wanted.one(environment, MAP);
            proxy.next(new Fault.Answer(429, "1"), 1);
            proxy.next(new Fault.Answer(500, ""), 1);
            proxy.next(new Fault.Answer(503, ""), 1);
            proxy.next(new Fault.Cut(), 1);
            proxy.next(new Fault.Delay(Duration.ofSeconds(2)), 1);
            assertThat(apply(behind, map).result()).isEqualTo(Result.CREATED);
            assertThat(proxy.pending()).isZero();
        }
    }

    @Test
    void anAnswerThatGotLostIsNotDoneTwice() throws Exception {
        try (FaultProxy proxy = new FaultProxy(SERVER);
                KubernetesTarget behind = through(proxy)) {
            Desired map = Wanted.one(environment, MAP);
            Difference planned = behind.compare(List.of(map)).getFirst();
            apply(
                    behind,
                    Wanted.one(environment, NAMESPACE)); // the inventory is written, so that the next is the apply
            proxy.next(new Fault.Cut(), 6);
            assertThat(behind.apply(map, planned).problem()).isNull();
            assertThat(SERVER.kubectl("-n", environment, "get", "configmap", "one", "-o", "jsonpath={.data.a}"))
                    .isEqualTo("b");
        }
    }

    @Test
    void saysThatTheServerIsDownOrDoesNotKnowUs() throws Exception {
        Desired map = Wanted.one(environment, MAP);
        try (KubernetesTarget nobody = new KubernetesTarget(
                ClusterAccess.of("dead", new Token("https://127.0.0.1:1", SERVER.certificate(), () -> "x")))) {
            assertThatThrownBy(() -> nobody.compare(List.of(map)))
                    .isInstanceOf(TargetException.class)
                    .hasMessageContaining("Target dead: the API server https://127.0.0.1:1 cannot be reached")
                    .hasMessageContaining("refuses connections");
        }
        String server = "https://127.0.0.1:" + SERVER.port();
        try (KubernetesTarget stranger = new KubernetesTarget(
                ClusterAccess.of("old", new Token(server, SERVER.certificate(), () -> "revoked")))) {
            assertThatThrownBy(() -> stranger.inventory(environment))
                    .isInstanceOf(TargetException.class)
                    .hasMessageContaining("does not accept our credentials (401)")
                    .hasMessageNotContaining("revoked");
        }
    }

    @Test
    void saysThatOurRightsAreMissing() throws Exception {
        ClusterAccess access = new ClusterAccess(
                "test",
                new Kubeconfig(SERVER.kubeconfig(), ""),
                new ClusterAccess.Impersonation("jane", List.of("developers")),
                ClusterAccess.HOME,
                ClusterAccess.CONCURRENCY);
        try (KubernetesTarget jane = new KubernetesTarget(access)) {
            Desired map = Wanted.one(environment, MAP);
            assertThatThrownBy(() -> jane.compare(List.of(map)))
                    .isInstanceOf(TargetException.class)
                    .hasMessageContaining("jane")
                    .hasMessageContaining("cannot get resource");
        }
    }

    @Test
    void carriesOnWhenTheApiServerIsRestartedInTheMiddle() throws Exception {
        List<Desired> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.add(Wanted.one(environment, MAP.replace("name: one", "name: map-" + i)));
        }
        List<Difference> planned = target.compare(all);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome>> outcomes = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                int number = i;
                outcomes.add(threads.submit(() -> target.apply(all.get(number), planned.get(number))));
                if (i == 20) {
                    SERVER.killApiServer();
                    SERVER.startApiServer();
                }
            }
            for (Future<Outcome> outcome : outcomes) {
                assertThat(outcome.get().problem()).isNull();
            }
        }
        assertThat(target.compare(all)).extracting(Difference::action).containsOnly(Action.UNCHANGED);
    }

    @Test
    void saysThatAQuotaIsUsedUp() throws Exception {
        apply(
                target,
                Wanted.one(
                        environment,
                        "{apiVersion: v1, kind: ResourceQuota, metadata: {name: small, namespace: NS},"
                                + " spec: {hard: {configmaps: \"1\", pods: \"0\"}}}"));
        Desired map = Wanted.one(environment, MAP);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> target.compare(List.of(map)).getFirst().refused().isPresent());
        Problem refusal = target.compare(List.of(map)).getFirst().refused().orElseThrow();
        assertThat(refusal.turn()).isEqualTo(Turn.AUTHOR);
        assertThat(refusal.message())
                .startsWith("The quota small of namespace " + environment + " does not leave room for ConfigMap")
                .contains("configmaps=1");

        Desired web = Wanted.one(environment, WEB);
        apply(target, web);
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            HealthState health = HealthRules.judge(target.observe(web.key()).orElseThrow());
            assertThat(health.status()).isEqualTo(HealthState.Status.DEGRADED);
            assertThat(health.message()).contains("do not fit the quota small: one more needs pods=1");
        });
    }

    @Test
    void saysWhatAnAdmissionPolicyDenies() throws Exception {
        SERVER.kubectlWith("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: { name: NS-replicas }
                spec:
                  matchConstraints:
                    namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: NS } }
                    resourceRules: [ { apiGroups: [ apps ], apiVersions: [ v1 ], operations: [ CREATE, UPDATE ], resources: [ deployments ] } ]
                  validations: [ { expression: "object.spec.replicas > 1", message: "at least two replicas, please" } ]
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: { name: NS-replicas }
                spec: { policyName: NS-replicas, validationActions: [ Deny ] }
                """.replace("NS", environment), "apply", "-f", "-");
        Desired web = Wanted.one(environment, WEB);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> target.compare(List.of(web)).getFirst().refused().isPresent());
        Problem refusal = target.compare(List.of(web)).getFirst().refused().orElseThrow();
        assertThat(refusal.turn()).isEqualTo(Turn.AUTHOR);
        assertThat(refusal.message())
                .startsWith("Kubernetes refuses Deployment " + environment + "/web")
                .contains("at least two replicas, please");
    }

    @Test
    void saysThatAWebhookDoesNotAnswer() throws Exception {
        SERVER.kubectlWith("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: { name: NS-dead }
                webhooks:
                  - name: dead.example.com
                    clientConfig: { url: "https://127.0.0.1:1/" }
                    sideEffects: None
                    timeoutSeconds: 1
                    admissionReviewVersions: [ v1 ]
                    namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: NS } }
                    rules: [ { apiGroups: [ "" ], apiVersions: [ v1 ], operations: [ CREATE ], resources: [ configmaps ] } ]
                """.replace("NS", environment), "apply", "-f", "-");
        Desired map = Wanted.one(environment, MAP);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> target.compare(List.of(map)).getFirst().refused().isPresent());
        Problem refusal = target.compare(List.of(map)).getFirst().refused().orElseThrow();
        assertThat(refusal.turn()).isEqualTo(Turn.PLATFORM);
        assertThat(refusal.passing()).isTrue();
        assertThat(refusal.message()).contains("dead.example.com");
    }

    @Test
    void saysThatANamespaceIsBeingDeleted() throws Exception {
        apply(target, Wanted.one(environment, MAP));
        SERVER.kubectl(
                "-n",
                environment,
                "patch",
                "configmap",
                "one",
                "-p",
                "{\"metadata\":{\"finalizers\":[\"example.com/x\"]}}");
        SERVER.kubectl("delete", "namespace", environment, "--wait=false");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> SERVER.kubectl("get", "namespace", environment, "-o", "jsonpath={.status}")
                        .contains("example.com/x")); // its controller says what it waits for

        Desired other = Wanted.one(environment, MAP.replace("name: one", "name: two"));
        Problem refusal = target.compare(List.of(other)).getFirst().refused().orElseThrow();
        assertThat(refusal.turn()).isEqualTo(Turn.PLATFORM);
        assertThat(refusal.passing()).isTrue();
        assertThat(refusal.message()).contains("The namespace " + environment).contains("is being deleted");

        Desired namespace = Wanted.one(environment, NAMESPACE);
        Outcome stuck;
        try (KubernetesTarget hasty =
                new KubernetesTarget(ClusterAccess.of("test", new Kubeconfig(SERVER.kubeconfig(), "")), HASTY)) {
            stuck = hasty.delete(namespace.key(), namespace.owner());
        }
        assertThat(problem(stuck).message())
                .contains("is being deleted but does not go")
                .contains("example.com/x");
        SERVER.kubectl("-n", environment, "patch", "configmap", "one", "-p", "{\"metadata\":{\"finalizers\":null}}");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> target.delete(namespace.key(), namespace.owner()).result() == Result.DELETED);
    }

    @Test
    void comesBackFromADeletionInTheMiddle() throws Exception {
        Desired map = Wanted.one(environment, MAP);
        apply(target, map);
        Desired changed = Wanted.one(environment, MAP.replace("a: b", "a: c"));
        Difference planned = target.compare(List.of(changed)).getFirst();
        SERVER.kubectl("-n", environment, "delete", "configmap", "one");
        assertThat(target.apply(changed, planned).result()).isEqualTo(Result.CREATED);
    }

    @Test
    void waitsForADeletionThatIsUnderWayAndMakesItAgain() throws Exception {
        Desired map = Wanted.one(environment, MAP);
        apply(target, map);
        finalizers("[\"example.com/slow\"]");
        SERVER.kubectl("-n", environment, "delete", "configmap", "one", "--wait=false");

        Difference planned = target.compare(List.of(map)).getFirst();
        assertThat(planned.action()).isEqualTo(Action.CREATE);
        assertThat(planned.reason())
                .isEqualTo("the one that is there is being deleted; it is made again when that is done");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Outcome> applied = threads.submit(() -> target.apply(map, planned));
            finalizers("null");
            assertThat(applied.get().result()).isEqualTo(Result.CREATED);
        }
    }

    @Test
    void saysWhichFinalizerNeverEnds() throws Exception {
        Desired map = Wanted.one(environment, MAP);
        apply(target, map);
        finalizers("[\"example.com/never\"]");
        String stuck = "ConfigMap " + environment + "/one is being deleted but does not go: it waits for the finalizers"
                + " [example.com/never]. Look after whatever handles them; it goes by itself once they are done.";
        try (KubernetesTarget hasty =
                new KubernetesTarget(ClusterAccess.of("test", new Kubeconfig(SERVER.kubeconfig(), "")), HASTY)) {
            Problem deleted = problem(hasty.delete(map.key(), map.owner()));
            assertThat(deleted).isEqualTo(new Problem(Turn.PLATFORM, stuck, "/metadata/finalizers", true));
            assertThat(problem(apply(hasty, map)))
                    .as("nor can it be made again")
                    .isEqualTo(deleted);
        }
        finalizers("null");
        assertThat(target.delete(map.key(), map.owner()).result()).isEqualTo(Result.DELETED);
    }

    private void finalizers(String json) {
        SERVER.kubectl(
                "-n", environment, "patch", "configmap", "one", "-p", "{\"metadata\":{\"finalizers\":" + json + "}}");
    }

    @Test
    void saysThatTheServerIsSlowOrBusyOrBroken() throws Exception {
        Desired map = Wanted.one(environment, MAP);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Problem> slow = threads.submit(() -> trouble(map, new Fault.Delay(Duration.ofSeconds(20))));
            Future<Problem> busy = threads.submit(() -> trouble(map, new Fault.Answer(429, "1")));
            Future<Problem> broken = threads.submit(() -> trouble(map, new Fault.Answer(500, "")));
            assertThat(slow.get().message()).endsWith("cannot be reached: no answer within 2 s.");
            assertThat(busy.get().message())
                    .isEqualTo("The API server has no time for ConfigMap " + environment + "/one (429): HTTP 429");
            assertThat(broken.get().message())
                    .isEqualTo("The API server could not handle ConfigMap " + environment + "/one (500): HTTP 500");
            for (Future<Problem> each : List.of(slow, busy, broken)) {
                assertThat(each.get().turn()).isEqualTo(Turn.PLATFORM);
                assertThat(each.get().passing()).isTrue();
            }
        }
    }

    /** What the author of a pull request is told while a fault lasts. */
    private Problem trouble(Desired map, Fault fault) throws Exception {
        try (FaultProxy proxy = new FaultProxy(SERVER);
                KubernetesTarget behind = new KubernetesTarget(
                        ClusterAccess.of("test", new Token(proxy.url(), SERVER.certificate(), SERVER::token)), HASTY)) {
            behind.compare(List.of(map));
            proxy.always(fault);
            return behind.compare(List.of(map)).getFirst().refused().orElseThrow();
        } catch (TargetException e) {
            return e.problem();
        }
    }

    @Test
    void saysThatADefinitionIsMissing() throws Exception {
        Desired definition = Wanted.one(environment, unlike(Samples.definition(environment)));
        Desired widget = Wanted.one(environment, unlike(Samples.resource(environment)));
        String nobody = "The cluster serves no kind " + widget.key().type() + ".";
        assertThat(target.compare(List.of(widget)).getFirst().refused())
                .contains(new Problem(
                        Turn.AUTHOR,
                        nobody + " Install what defines it, or add its CRD to this change.",
                        "/kind",
                        false));

        apply(target, definition);
        Difference planned = target.compare(List.of(widget)).getFirst();
        assertThat(planned.refused()).isEmpty();
        SERVER.kubectl("delete", "crd", definition.key().name());
        assertThat(problem(target.apply(widget, planned)))
                .isEqualTo(new Problem(
                        Turn.AUTHOR,
                        "The cluster serves no kind " + widget.key().type() + " (any more).",
                        "/kind",
                        true));
        assertThat(target.delete(widget.key(), widget.owner()).result())
                .as("what went with its definition is gone")
                .isEqualTo(Result.DELETED);
        assertThat(target.inventory(environment)).hasSize(1);
    }

    @Test
    void saysThatAJobWouldRunForEver() throws Exception {
        String job = """
                apiVersion: batch/v1
                kind: Job
                metadata: { name: once, namespace: NS }
                spec:
                  template: { spec: { restartPolicy: Never, containers: [{ name: once, image: busybox }] } }
                """;
        assertThat(target.compare(List.of(Wanted.one(environment, job)))
                        .getFirst()
                        .refused())
                .isEmpty();
        Desired fleeting = Wanted.one(environment, job + "  ttlSecondsAfterFinished: 60\n");
        assertThat(target.compare(List.of(fleeting)).getFirst().refused())
                .contains(new Problem(
                        Turn.AUTHOR,
                        "Kubernetes removes Job " + environment
                                + "/once some time after it has finished (spec.ttlSecondsAfterFinished), and it would be"
                                + " made and run again each time. Leave spec.ttlSecondsAfterFinished out: the Job is"
                                + " removed when it is removed here.",
                        "/spec/ttlSecondsAfterFinished",
                        false));
    }

    /** Another kind than the one that other tests define in the same cluster, which would be what was meant. */
    private static String unlike(String widget) {
        return widget.replace("Widget", "Gizmo").replace("widget", "gizmo");
    }

    @Test
    void leavesNeighboursAlone() throws Exception {
        SERVER.kubectl("-n", environment, "create", "configmap", "neighbour", "--from-literal=a=b");
        SERVER.kubectl("-n", environment, "create", "deployment", "neighbour", "--image=nginx", "--replicas=0");
        String before = neighbours();
        List<Desired> all = Wanted.all(environment, MAP + "\n---\n" + WEB);
        for (Desired one : all) {
            apply(target, one);
        }
        for (Desired one : all) {
            assertThat(target.delete(one.key(), one.owner()).result()).isEqualTo(Result.DELETED);
        }
        assertThat(neighbours()).isEqualTo(before);
    }

    private String neighbours() {
        return SERVER.kubectl("-n", environment, "get", "configmap", "neighbour", "-o", "yaml")
                + SERVER.kubectl(
                        "-n", environment, "get", "deployment", "neighbour", "-o", "jsonpath={.spec}{.metadata.uid}");
    }

    @Test
    void namesWhatKeepsAPodFromRunning() throws Exception {
        SERVER.needsPods();
        Desired web = Wanted.one(environment, WEB);
        apply(target, web);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> SERVER.kubectl("-n", environment, "get", "pods", "-o", "jsonpath={.items[*].status.phase}")
                        .equals("Running"));
        String pod = SERVER.kubectl("-n", environment, "get", "pods", "-o", "jsonpath={.items[0].metadata.name}");
        String before = "0 of 1 pods are available: ";

        container(pod, """
                "restartCount": 0, "state": {"waiting": {"reason": "ImagePullBackOff", "message": "no such image"}}""");
        awaitHealth(
                web,
                new HealthState(
                        HealthState.Status.DEGRADED,
                        before + "the image nginx of container main of pod " + pod
                                + " cannot be pulled: no such image"));

        container(pod, """
                "restartCount": 5, "state": {"waiting": {"reason": "CrashLoopBackOff"}},
                "lastState": {"terminated": {"exitCode": 3, "reason": "Error", "message": "no such host: db"}}""");
        awaitHealth(
                web,
                new HealthState(
                        HealthState.Status.DEGRADED,
                        before + "container main of pod " + pod
                                + " keeps crashing (exit code 3, restarted 5 times): no such host: db"));

        container(pod, "\"restartCount\": 0, \"state\": {\"running\": {}}");
        String uid = SERVER.kubectl("-n", environment, "get", "pod", pod, "-o", "jsonpath={.metadata.uid}");
        SERVER.kubectlWith("""
                apiVersion: v1
                kind: Event
                metadata: { name: unhealthy, namespace: %1$s }
                involvedObject: { apiVersion: v1, kind: Pod, name: %2$s, namespace: %1$s, uid: %3$s }
                type: Warning
                reason: Unhealthy
                message: "Readiness probe failed: HTTP probe failed with statuscode: 503"
                """.formatted(environment, pod, uid), "create", "-f", "-");
        awaitHealth(
                web,
                new HealthState(
                        HealthState.Status.PROGRESSING,
                        before + "pod " + pod
                                + " does not get ready: Readiness probe failed: HTTP probe failed with statuscode: 503"));
    }

    private void awaitHealth(Desired desired, HealthState wanted) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                HealthRules.judge(target.observe(desired.key()).orElseThrow()))
                        .isEqualTo(wanted));
    }

    /** Says of the only container of a pod what a kubelet would; there is none here. */
    private void container(String pod, String says) {
        String status = """
                {"status": {"conditions": [{"type": "Ready", "status": "False"}], "containerStatuses": [
                  {"name": "main", "image": "nginx", "imageID": "", "ready": false, %s}]}}
                """.formatted(says);
        SERVER.kubectl("-n", environment, "patch", "pod", pod, "--subresource=status", "-p", status);
    }
}
