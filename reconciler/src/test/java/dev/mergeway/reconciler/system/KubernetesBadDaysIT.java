package dev.mergeway.reconciler.system;

import static dev.mergeway.reconciler.system.LocalHouse.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.kubernetes.KubernetesServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a developer reads on the pull request when the cluster would not have it: what is wrong, and whose turn it is. */
class KubernetesBadDaysIT {
    private static final String PLATFORM = "This is for the platform team to put right.";

    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    @TempDir
    private Path folder = Path.of(".");

    /** What the cluster has against newcomers: a quota, a policy, and a webhook that nobody answers for. */
    private static final String AGAINST = """
            apiVersion: v1
            kind: ResourceQuota
            metadata: { name: few, namespace: NS }
            spec: { hard: { count/cronjobs.batch: "0" } }
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: { name: NS }
            spec:
              matchConstraints:
                namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: NS } }
                resourceRules: [ { apiGroups: [ "" ], apiVersions: [ v1 ], operations: [ CREATE ], resources: [ configmaps ] } ]
              validations: [ { expression: "object.metadata.name != 'denied'", message: "nothing may be called denied" } ]
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: { name: NS }
            spec: { policyName: NS, validationActions: [ Deny ] }
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: { name: NS }
            webhooks:
              - name: dead.example.com
                clientConfig: { url: "https://127.0.0.1:1/" }
                sideEffects: None
                timeoutSeconds: 1
                admissionReviewVersions: [ v1 ]
                namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: NS } }
                rules: [ { apiGroups: [ "" ], apiVersions: [ v1 ], operations: [ CREATE ], resources: [ limitranges ] } ]
            """;

    /** One mistake each. */
    private static final String MISTAKES = """
            { apiVersion: apps/v9, kind: Deployment, metadata: { name: old } }
            ---
            { apiVersion: example.com/v1, kind: Gizmo, metadata: { name: one } }
            ---
            apiVersion: v1
            kind: Service
            metadata: { name: %s }
            spec: { ports: [ { port: 80 } ] }
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: { name: nightly }
            spec:
              schedule: "0 3 * * *"
              jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [ { name: main, image: job } ] } } } }
            ---
            { apiVersion: v1, kind: ConfigMap, metadata: { name: denied } }
            ---
            { apiVersion: v1, kind: LimitRange, metadata: { name: asked }, spec: { limits: [] } }
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: typo }
            spec:
              replicaz: 2
              selector: { matchLabels: { app: a } }
              template:
                metadata: { labels: { app: a } }
                spec: { containers: [ { name: main, image: a } ] }
            """.formatted("s".repeat(64));

    @Test
    void everyMistakeIsToldAtOnceEachWithItsTurn() {
        String environment = SERVER.freshName("mistakes");
        try (LocalHouse house = LocalHouse.of(folder, SERVER.kubeconfig()).start()) {
            house.checkout().branch("begin").write("dev/environment.yaml", Specs.environment(environment, "cluster"));
            house.applied(house.merged("begin"));
            SERVER.kubectlWith(AGAINST.replace("NS", environment), "apply", "-f", "-");
            house.checkout().branch("wrong").write("dev/maps.yaml", MAPS).write("dev/k8s/all.yaml", MISTAKES);
            // Whether the API server has taken notice of the webhook yet is seen by asking it.
            await().atMost(PATIENCE).ignoreExceptions().until(() -> denies(environment));
            String head = house.checkout().push("Make many mistakes");
            List<String> told = findings(house.planned("wrong", head, "invalid"));
            assertThat(told).hasSize(7);
            assertThat(told)
                    .anyMatch(line ->
                            line.contains("serves no kind apps/v9/Deployment. Did you mean apps/v1/Deployment?"))
                    .anyMatch(line -> line.contains("serves no kind example.com/v1/Gizmo. Install what defines it"))
                    .anyMatch(line -> line.contains("must be no more than 63 characters"))
                    .anyMatch(line -> line.contains("The quota few of namespace " + environment
                                    + " does not leave room for CronJob " + environment + "/nightly")
                            && line.contains("Ask for less, or for a larger quota."))
                    .anyMatch(line -> line.contains("nothing may be called denied"))
                    .anyMatch(line -> line.contains("The admission webhook dead.example.com")
                            && line.contains("does not answer")
                            && line.contains(PLATFORM))
                    .anyMatch(line -> line.contains("has no such field") && line.contains("replicaz"));
            assertThat(told).filteredOn(line -> line.contains(PLATFORM)).hasSize(1);
            assertThat(told).allMatch(line -> line.contains("dev/k8s/all.yaml:"));
        } finally {
            SERVER.kubectl(
                    "delete",
                    "validatingwebhookconfiguration,validatingadmissionpolicy,validatingadmissionpolicybinding",
                    environment);
        }
    }

    private static boolean denies(String environment) {
        try {
            SERVER.kubectl("-n", environment, "create", "configmap", "denied", "--dry-run=server");
            return false;
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage()).contains("nothing may be called denied");
        }
    }

    private static List<String> findings(JsonNode pull) {
        List<String> findings = new ArrayList<>();
        for (String line : pull.path("comment").asString("").split("\n- ", -1)) {
            if (line.startsWith("**error**")) {
                findings.add(line);
            }
        }
        return findings;
    }

    /** Allowed, but the cluster does not like it: a pod without limits on what it may do, and a name. */
    private static final String DUBIOUS = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: open }
            spec:
              replicas: 0
              selector: { matchLabels: { app: open } }
              template:
                metadata: { labels: { app: open } }
                spec: { containers: [ { name: main, image: none } ] }
            ---
            { apiVersion: v1, kind: ConfigMap, metadata: { name: shout } }
            """;

    private static final String WARNS = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: { name: NS }
            spec:
              matchConstraints:
                namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: NS } }
                resourceRules: [ { apiGroups: [ "" ], apiVersions: [ v1 ], operations: [ CREATE ], resources: [ configmaps ] } ]
              validations: [ { expression: "object.metadata.name != 'shout'", message: "<img src=x> ask @acme/platform" } ]
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: { name: NS }
            spec: { policyName: NS, validationActions: [ Warn ] }
            """;

    @Test
    void whatTheClusterWarnsOfIsShownAndStopsNothing() {
        String environment = SERVER.freshName("warned");
        try (LocalHouse house = LocalHouse.of(folder, SERVER.kubeconfig()).start()) {
            house.checkout()
                    .branch("begin")
                    .write(
                            "dev/environment.yaml",
                            Specs.environment(environment, "cluster") + "  podSecurity: baseline\n");
            house.applied(house.merged("begin"));
            SERVER.kubectlWith(WARNS.replace("NS", environment), "apply", "-f", "-");
            await().atMost(PATIENCE).until(() -> warns(environment));
            house.checkout().branch("open").write("dev/maps.yaml", MAPS).write("dev/k8s/all.yaml", DUBIOUS);
            JsonNode pull = house.planned("open", house.checkout().push("Be open"), "ready");
            assertThat(pull.path("comment").asString())
                    .contains("### Ready to merge")
                    .contains("- warning `dev/k8s/all.yaml:1:1`: Deployment open: the cluster warns: would violate"
                            + " PodSecurity \"restricted:latest\"")
                    .contains("ConfigMap shout: the cluster warns: ")
                    .contains("&lt;img src=x&gt; ask ＠acme/platform")
                    .doesNotContain("<img", "@acme");
            house.checkout().merge("open");
            house.applied(pull);
        } finally {
            SERVER.kubectl(
                    "delete",
                    "validatingadmissionpolicy,validatingadmissionpolicybinding",
                    environment,
                    "--ignore-not-found");
        }
    }

    private static boolean warns(String environment) {
        try {
            SERVER.kubectl(
                    "-n", environment, "create", "configmap", "shout", "--dry-run=server", "--warnings-as-errors");
            return false;
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage()).contains("ask @acme/platform");
        }
    }

    private static final String MAPS =
            "apiVersion: mergeway.dev/v1\nkind: Manifests\nmetadata: { name: maps }\nspec: { path: ./k8s }\n";

    private static String map(String name) {
        return "{ apiVersion: v1, kind: ConfigMap, metadata: { name: %s }, data: { a: b } }\n".formatted(name);
    }

    @Test
    void aFinalizerThatNeverEndsIsToldAndStopsNothingElse() {
        String environment = SERVER.freshName("stuck");
        String other = SERVER.freshName("free");
        try (LocalHouse house = LocalHouse.of(folder, SERVER.kubeconfig()).start()) {
            house.checkout()
                    .branch("begin")
                    .write("dev/environment.yaml", Specs.environment(environment, "cluster"))
                    .write("dev/maps.yaml", MAPS)
                    .write("dev/k8s/one.yaml", map("one"))
                    .write("dev/k8s/two.yaml", map("two"));
            house.applied(house.merged("begin"));
            finalizers(environment, "[\"example.com/never\"]");

            house.checkout().branch("remove").git("rm", "-q", "dev/k8s/one.yaml");
            JsonNode removal = house.merged("remove");
            String stuck = house.comment(removal, body -> body.contains("does not go"));
            assertThat(stuck)
                    .contains(
                            "ConfigMap " + environment
                                    + "/one is being deleted but does not go: it waits for the finalizers",
                            "example.com/never",
                            "it goes by itself once they are done",
                            "It is the platform team's turn.")
                    .doesNotContain("### Applied\n");

            house.checkout().branch("three").write("dev/k8s/three.yaml", map("three"));
            JsonNode three = house.merged("three");
            house.checkout().branch("elsewhere").write("free/environment.yaml", Specs.environment(other, "cluster"));
            house.applied(house.merged("elsewhere"));
            await().atMost(PATIENCE)
                    .until(() -> SERVER.kubectl("-n", environment, "get", "configmap", "-o", "name")
                            .contains("configmap/three"));
            assertThat(house.mergeway()
                            .api("/environments/" + environment)
                            .path("sync")
                            .asString())
                    .isNotEqualTo("Synced");

            finalizers(environment, "null");
            house.applied(three);
            house.applied(removal);
            house.environment(
                    environment, seen -> seen.path("sync").asString("").equals("Synced"));
        } finally {
            SERVER.kubectl("delete", "namespace", environment, other, "--ignore-not-found", "--wait=false");
        }
    }

    private static void finalizers(String environment, String json) {
        SERVER.kubectl(
                "-n", environment, "patch", "configmap", "one", "-p", "{\"metadata\":{\"finalizers\":" + json + "}}");
    }

    @Test
    void aClusterThatDoesNotKnowUsIsSaid() throws IOException {
        String environment = SERVER.freshName("revoked");
        Path kubeconfig = folder.resolve("kubeconfig");
        String good = Files.readString(SERVER.kubeconfig());
        Files.writeString(kubeconfig, good.replace(SERVER.token(), "revoked"));
        try (LocalHouse house = LocalHouse.of(folder, kubeconfig).start()) {
            house.checkout().branch("begin").write("dev/environment.yaml", Specs.environment(environment, "cluster"));
            house.checkout().push("Begin");
            JsonNode waiting = await().atMost(PATIENCE)
                    .until(
                            () -> house.pull("begin"),
                            pull -> !pull.path("comment").asString("").isEmpty());
            assertThat(waiting.path("comment").asString())
                    .contains(
                            "cannot be planned yet",
                            "does not accept our credentials (401). Renew the token or certificate of this target.",
                            "It is the platform team's turn.")
                    .doesNotContain("revoked\"");
        }
    }
}
