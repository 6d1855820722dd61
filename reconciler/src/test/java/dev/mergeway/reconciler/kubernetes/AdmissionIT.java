package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.kubernetes.ClusterAccess.Kubeconfig;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.FieldChange;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Notice;
import dev.mergeway.reconciler.resource.Outcome.Result;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.resource.Problem.Turn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks of a cluster that have a say in what we apply. */
class AdmissionIT {
    /** An API server takes notice of a new webhook within seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final String VALIDATING = "ValidatingWebhookConfiguration";
    private static final String MUTATING = "MutatingWebhookConfiguration";
    private static final String MAP =
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: one, namespace: NS}, data: {a: b}}";

    private static final String CLOSED =
            "{apiVersion: v1, kind: Namespace, metadata: {name: NS, labels: {pod-security.kubernetes.io/warn: restricted}}}\n";

    private static final String OPEN = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: open, namespace: NS }
            spec:
              selector: { matchLabels: { app: open } }
              template:
                metadata: { labels: { app: open } }
                spec: { containers: [ { name: main, image: none } ] }
            """;

    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    @TempDir
    private Path folder = Path.of(".");

    private KubernetesTarget target;
    private String environment;

    @BeforeEach
    void begin() throws Exception {
        target = new KubernetesTarget(ClusterAccess.of("test", new Kubeconfig(SERVER.kubeconfig(), "")));
        environment = SERVER.freshName("admission");
        Desired namespace = Wanted.one(environment, "{apiVersion: v1, kind: Namespace, metadata: {name: NS}}");
        target.apply(namespace, compare(namespace));
    }

    @AfterEach
    void end() {
        SERVER.kubectl("delete", VALIDATING + "," + MUTATING, environment, "--ignore-not-found");
        target.close();
    }

    private Difference compare(Desired desired) throws Exception {
        return target.compare(List.of(desired)).getFirst();
    }

    private Problem refusal(Desired desired) throws Exception {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> compare(desired).refused(), Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void saysWhatAWebhookDenies() throws Exception {
        Map<String, Object> no =
                Map.of("allowed", false, "status", Map.of("code", 403, "message", "maps need an owner"));
        try (AdmissionWebhook webhook = new AdmissionWebhook(folder, _ -> no)) {
            webhook.install(SERVER, VALIDATING, environment);
            Desired map = Wanted.one(environment, MAP);
            assertThat(refusal(map))
                    .isEqualTo(new Problem(
                            Turn.AUTHOR,
                            "Kubernetes refuses ConfigMap " + environment + "/one: admission webhook"
                                    + " \"guard.example.com\" denied the request: maps need an owner",
                            "",
                            false));
        }
    }

    @Test
    void saysThatAWebhookDoesNotAnswerInTimeAndGoesOnOnceItDoes() throws Exception {
        CountDownLatch awake = new CountDownLatch(1);
        try (AdmissionWebhook webhook = new AdmissionWebhook(folder, _ -> afterwards(awake))) {
            webhook.install(SERVER, VALIDATING, environment);
            Desired map = Wanted.one(environment, MAP);
            Problem refusal = refusal(map);
            assertThat(refusal.turn()).isEqualTo(Turn.PLATFORM);
            assertThat(refusal.passing()).isTrue();
            assertThat(refusal.message())
                    .startsWith("The admission webhook guard.example.com, which the API server asks about ConfigMap "
                            + environment + "/one, does not answer: ")
                    .contains("context deadline exceeded")
                    .endsWith("Whoever runs it has to look after it.");
            awake.countDown();
            assertThat(target.apply(map, compare(map)).result()).isEqualTo(Result.CREATED);
        }
    }

    private static Map<String, Object> afterwards(CountDownLatch awake) {
        try {
            return Map.of("allowed", awake.await(5, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of("allowed", false);
        }
    }

    @Test
    void whatAWebhookAddsIsNotOursAndWhatItChangesIsShownOnce() throws Exception {
        String patch = """
                [{"op": "add", "path": "/data/added", "value": "by the webhook"},
                 {"op": "replace", "path": "/data/a", "value": "changed"}]
                """;
        Map<String, Object> change = Map.of(
                "allowed",
                true,
                "patchType",
                "JSONPatch",
                "patch",
                Base64.getEncoder().encodeToString(patch.getBytes(StandardCharsets.UTF_8)));
        try (AdmissionWebhook webhook = new AdmissionWebhook(folder, _ -> change)) {
            webhook.install(SERVER, MUTATING, environment);
            Desired map = Wanted.one(environment, MAP);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> compare(map).fields().contains(change("/data/a", null, "changed")));
            assertThat(compare(map).notices())
                    .containsExactly(new Notice(
                            "target/admission",
                            "/data/a",
                            "the cluster will change data.a from b to changed (admission)"));
            assertThat(target.apply(map, compare(map)).result()).isEqualTo(Result.CREATED);
            assertThat(Look.map(target.read(map.key()).orElseThrow().body(), "data"))
                    .isEqualTo(Map.of("a", "changed", "added", "by the webhook"));
            try (KubernetesTarget fresh =
                    new KubernetesTarget(ClusterAccess.of("test", new Kubeconfig(SERVER.kubeconfig(), "")))) {
                assertThat(fresh.compare(List.of(map))).allSatisfy(difference -> {
                    assertThat(difference.action()).as("%s", difference).isEqualTo(Action.UNCHANGED);
                    assertThat(difference.notices()).isEmpty();
                });
            }
            assertThat(target.apply(map, new Difference(map.key(), Action.UPDATE, List.of(), "", List.of(), null))
                            .result())
                    .isEqualTo(Result.UNCHANGED);
        }
    }

    @Test
    void tellsWhatWebhooksAndPodSecurityWarnOf() throws Exception {
        Map<String, Object> yes = Map.of("allowed", true, "warnings", List.of("maps are \"old\", use a \\ Secret"));
        try (AdmissionWebhook webhook = new AdmissionWebhook(folder, _ -> yes)) {
            webhook.install(SERVER, VALIDATING, environment);
            Desired map = Wanted.one(environment, MAP);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> compare(map)
                            .notices()
                            .equals(List.of(new Notice(
                                    "target/warning", "", "the cluster warns: maps are \"old\", use a \\ Secret"))));
        }
        SERVER.kubectl("label", "namespace", environment, "pod-security.kubernetes.io/warn=restricted");
        Desired open = Wanted.one(environment, OPEN);
        Difference difference = Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> compare(open), seen -> !seen.notices().isEmpty());
        assertThat(difference.action()).isEqualTo(Action.CREATE);
        assertThat(difference.refused()).isEmpty();
        assertThat(difference.notices()).singleElement().satisfies(AdmissionIT::isOfPodSecurity);
        assertThat(target.apply(open, difference).result()).isEqualTo(Result.CREATED);
        assertThat(compare(open).notices()).as("nothing changes any more").isEmpty();
    }

    /** The namespace is not there to be asked: one of ours that treats pods alike is, though it has such a Deployment. */
    @Test
    void tellsWhatPodSecurityWillWarnOfInANamespaceThatComesWithThePlan() throws Exception {
        String other = SERVER.freshName("elsewhere");
        for (Desired there : Wanted.all(other, CLOSED + "---\n" + OPEN.replace("app: open", "app: other"))) {
            assertThat(target.apply(there, compare(there)).problem()).isNull();
        }
        String fresh = SERVER.freshName("fresh");
        Difference difference =
                target.compare(Wanted.all(fresh, CLOSED + "---\n" + OPEN)).get(1);
        assertThat(difference.action()).isEqualTo(Action.CREATE);
        assertThat(difference.refused()).isEmpty();
        assertThat(difference.notices()).singleElement().satisfies(AdmissionIT::isOfPodSecurity);
        String wrong = OPEN.replace("image: none", "image: none, ports: [ { containerPort: 99999 } ]");
        assertThat(target.compare(Wanted.all(fresh, CLOSED + "---\n" + wrong))
                        .get(1)
                        .refused())
                .isPresent();
    }

    private static void isOfPodSecurity(Notice notice) {
        assertThat(notice.message())
                .startsWith("the cluster warns: would violate PodSecurity \"restricted:latest\": "
                        + "allowPrivilegeEscalation != false (container \"main\" must set");
    }

    private static FieldChange change(String pointer, @Nullable Object before, Object after) {
        return new FieldChange(pointer, before, after, false);
    }
}
