package dev.mergeway.reconciler.system;

import static dev.mergeway.reconciler.system.LocalHouse.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.kubernetes.KubernetesServer;
import dev.mergeway.reconciler.kubernetes.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Online Boutique on a real Kubernetes with its controllers and simulated nodes, by pull request alone. */
class KubernetesStoryIT {
    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    private static final String MANIFESTS =
            "apiVersion: mergeway.dev/v1\nkind: Manifests\nmetadata: { name: maps }\nspec: { path: ./k8s }\n";

    @TempDir
    private Path folder;

    private LocalHouse house;
    private String environment = "";

    @BeforeAll
    static void pods() {
        SERVER.needsPods();
    }

    @BeforeEach
    void start() {
        house = LocalHouse.of(folder, SERVER.kubeconfig()).start();
        environment = SERVER.freshName("story");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private String get(String... arguments) {
        return SERVER.kubectl(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("-n", environment, "get"), java.util.stream.Stream.of(arguments))
                .toArray(String[]::new));
    }

    private void copy(Path from, String to) throws IOException {
        house.checkout().write(to, Files.readString(from));
    }

    private String namespaces() {
        return SERVER.kubectl("get", "namespaces", "-o", "name");
    }

    @Test
    void onlineBoutiqueAsScoreWorkloads() throws IOException {
        house.checkout().branch("boutique").write("dev/environment.yaml", Specs.environment(environment, "cluster"));
        try (var samples = Files.list(SharedData.folder("score/samples/onlineboutique"))) {
            for (Path sample : samples.toList()) {
                copy(sample.resolve("score.yaml"), "dev/" + sample.getFileName() + "/score.yaml");
            }
        }
        volume();
        JsonNode boutique = house.merged("boutique");
        house.applied(boutique);
        assertThat(get("deployments", "-o", "jsonpath={.items[*].status.readyReplicas}")
                        .split(" "))
                .hasSize(11)
                .containsOnly("1");
        nothingIsLeftToDo();

        house.checkout().branch("newer").edit("dev/frontend/score.yaml", "frontend:v0.10.5", "frontend:v0.10.6");
        JsonNode newer = house.merged("newer");
        assertThat(house.applied(newer)).contains("1 updated");
        assertThat(image("frontend")).endsWith("frontend:v0.10.6");

        takeBack("back");
        assertThat(image("frontend")).endsWith("frontend:v0.10.5");
        nothingIsLeftToDo();

        remove("boutique-gone", "dev");
    }

    @Test
    void onlineBoutiqueAsPlainManifests() throws IOException {
        house.checkout()
                .branch("plain")
                .write("dev/environment.yaml", Specs.environment(environment, "cluster") + "  podSecurity: baseline\n")
                .write("dev/boutique.yaml", MANIFESTS);
        copy(SharedData.folder("manifests").resolve("online-boutique.yaml"), "dev/k8s/online-boutique.yaml");
        JsonNode plain = house.merged("plain");
        answerAtTheDoor();
        house.applied(plain);
        assertThat(get("deployments", "-o", "jsonpath={.items[*].status.readyReplicas}")
                        .split(" "))
                .hasSize(12);
        nothingIsLeftToDo();
        house.checkout().branch("newer").edit("dev/k8s/online-boutique.yaml", "frontend:v", "frontend:x");
        house.applied(house.merged("newer"));
        assertThat(image("frontend")).contains("frontend:x");
        takeBack("plain-back");
        assertThat(image("frontend")).contains("frontend:v");
        nothingIsLeftToDo();
        remove("plain-gone", "dev");
    }

    /** Reverts the last merge by a pull request. */
    private void takeBack(String branch) {
        String head = house.checkout().revert(house.checkout().git("rev-parse", "origin/main"), branch);
        JsonNode revert = house.merged(branch, head);
        assertThat(revert.path("comment").asString()).contains("takes back");
        house.applied(revert);
    }

    /** Makes a volume that any claim may have, as a storage class would; there is none here. */
    private void volume() {
        String volume = """
                apiVersion: v1
                kind: PersistentVolume
                metadata: { name: %s }
                spec: { capacity: { storage: 100Gi }, accessModes: [ReadWriteOnce], hostPath: { path: /tmp/%s } }
                """;
        SERVER.kubectlWith(volume.formatted(environment, environment), "apply", "-f", "-");
    }

    /** Gives the service that waits for an address one, as a cloud's controllers would; there are none here. */
    private void answerAtTheDoor() {
        await().atMost(PATIENCE).until(() -> get("services", "-o", "name").contains("frontend-external"));
        String address = "{\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"192.0.2.1\"}]}}}";
        SERVER.kubectl(
                "-n",
                environment,
                "patch",
                "service",
                "frontend-external",
                "--subresource=status",
                "--type=merge",
                "-p",
                address);
    }

    private String image(String deployment) {
        return get("deployment", deployment, "-o", "jsonpath={.spec.template.spec.containers[0].image}");
    }

    /** A plan of what is on main is empty, and kubectl sees no difference to what we print, our own marks aside. */
    private void nothingIsLeftToDo() {
        house.checkout().branch("main");
        Mergeway.Answer plan = house.plan();
        assertThat(plan.exit()).as(plan.out() + plan.err()).isZero();
        Mergeway.Answer render =
                house.mergeway().run("render", house.checkout().folder().toString());
        assertThat(render.exit()).as(render.err()).isZero();
        assertThat(KubectlDiff.asAnybody(SERVER, render.out())).isEmpty();
        assertThat(KubectlDiff.beyondMarks(SERVER, render.out())).isEmpty();
        assertThat(KubectlDiff.beyondMarks(SERVER, render.out().replace("frontend:v", "frontend:other")))
                .as("kubectl would see one")
                .hasSize(2);
    }

    /** Takes everything away again, with the approval that data needs; a neighbour's namespace stays. */
    private void remove(String branch, String path) {
        String neighbour = SERVER.freshName("neighbour");
        SERVER.kubectl("create", "namespace", neighbour);
        house.checkout().branch(branch).git("rm", "-rq", path);
        String head = house.checkout().push("Remove all");
        JsonNode removal = await().atMost(PATIENCE)
                .until(
                        () -> house.pull(branch),
                        pull -> List.of("ready", "blocked")
                                .contains(pull.path("verdict").asString("")));
        if (removal.path("verdict").asString().equals("blocked")) {
            approve(removal, head);
        }
        JsonNode ready = house.planned(branch, head, "ready");
        house.checkout().merge(branch);
        house.comment(ready, body -> body.contains("deleted"));
        await().atMost(PATIENCE).until(() -> !namespaces().lines().toList().contains("namespace/" + environment));
        assertThat(namespaces()).contains("namespace/" + neighbour);
    }

    private JsonNode web(String name) {
        house.checkout()
                .branch(name)
                .write(name + "/environment.yaml", Specs.environment(environment, "cluster"))
                .write(name + "/web.yaml", Specs.web("web", "1.0.0"));
        JsonNode pull = house.merged(name);
        house.applied(pull);
        return pull;
    }

    @Test
    void aHandEditIsPutRightAndReportedAndANeighbourIsLeftAlone() {
        web("heal");
        SERVER.kubectl("-n", environment, "create", "configmap", "neighbour", "--from-literal=a=1");
        SERVER.kubectl("-n", environment, "set", "image", "deployment/web", "main=evil:1");
        await().atMost(PATIENCE).until(() -> image("web").equals("ghcr.io/acme/web:1.0.0"));
        JsonNode healed = house.environment(
                environment, state -> state.path("message").asString("").contains("web"));
        assertThat(healed.path("message").asString())
                .contains("put right", "/image", "changed outside Git by kubectl-set");

        house.checkout().branch("report").edit("heal/environment.yaml", "tier: dev", "tier: dev\n  drift: report");
        house.applied(house.merged("report"));
        SERVER.kubectl("-n", environment, "set", "image", "deployment/web", "main=evil:2");
        house.environment(environment, state -> state.path("sync").asString("").equals("OutOfSync"));
        assertThat(image("web")).isEqualTo("evil:2");
        assertThat(get("configmap", "neighbour", "-o", "jsonpath={.data.a}")).isEqualTo("1");
        remove("heal-gone", "heal");
    }

    @Test
    void whatOthersPutIntoItsNamespaceIsNamedAndGoesOnlyWithAnApproval() {
        web("shared");
        SERVER.kubectl("-n", environment, "create", "configmap", "neighbour", "--from-literal=a=1");
        house.checkout().branch("shared-gone").git("rm", "-rq", "shared");
        String head = house.checkout().push("Remove all");
        JsonNode held = house.planned("shared-gone", head, "blocked");
        assertThat(held.path("comment").asString())
                .contains(
                        "Blocked by `stateful`",
                        "it takes along what Mergeway did not make for it: ConfigMap neighbour");

        house.checkout().merge("shared-gone");
        house.comment(held, body -> body.contains("held") || body.contains("Held"));
        await().atMost(PATIENCE)
                .until(() -> SERVER.kubectl("-n", environment, "get", "deployments", "-o", "name")
                        .isEmpty());
        assertThat(get("configmap", "neighbour", "-o", "jsonpath={.data.a}")).isEqualTo("1");

        approve(held, head);
        await().atMost(PATIENCE).until(() -> !namespaces().lines().toList().contains("namespace/" + environment));
    }

    @Test
    void whatAnotherManagerOwnsIsHeldAndTheOwnerIsNamed() {
        web("owned");
        String other = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: web, namespace: %s }
                spec: { replicas: 3 }
                """.formatted(environment);
        // While the service is away, so that what it puts right is not in the way.
        house.mergeway().stop();
        SERVER.kubectlWith(other, "apply", "--server-side", "--force-conflicts", "--field-manager=scaler", "-f", "-");
        house.checkout().branch("more").edit("owned/web.yaml", "replicas: 1", "replicas: 2");
        String head = house.checkout().push("More of it");
        house.start();
        JsonNode held = house.planned("more", head, "blocked");
        assertThat(held.path("comment").asString())
                .contains("Blocked by `ownership`", "somebody else has a say in it: scaler: /spec/replicas");
        assertThat(get("deployment", "web", "-o", "jsonpath={.spec.replicas}")).isEqualTo("3");

        approve(held, head);
        JsonNode ready = house.planned("more", head, "ready");
        house.checkout().merge("more");
        house.applied(ready);
        assertThat(get("deployment", "web", "-o", "jsonpath={.spec.replicas}")).isEqualTo("2");
    }

    @Test
    void whatWasThereBeforeIsAdoptedOnlyWhenThatWasApproved() {
        web("before");
        SERVER.kubectl("-n", environment, "create", "configmap", "settings", "--from-literal=mode=slow");
        house.checkout()
                .branch("adopt")
                .write("before/maps.yaml", MANIFESTS)
                .write(
                        "before/k8s/settings.yaml",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { mode: fast }\n");
        String head = house.checkout().push("Take the settings over");
        JsonNode held = house.planned("adopt", head, "blocked");
        assertThat(held.path("comment").asString())
                .contains("Blocked by `ownership`", "not managed by Mergeway but by kubectl-create");
        assertThat(get("configmap", "settings", "-o", "jsonpath={.data.mode}")).isEqualTo("slow");

        approve(held, head);
        JsonNode ready = house.planned("adopt", head, "ready");
        house.checkout().merge("adopt");
        house.applied(ready);
        assertThat(get("configmap", "settings", "-o", "jsonpath={.data.mode}")).isEqualTo("fast");
    }

    @Test
    void whatMovesToAnotherSpecStaysTheSameObject() {
        house.checkout()
                .branch("one")
                .write("dev/environment.yaml", Specs.environment(environment, "cluster"))
                .write("dev/one/maps.yaml", MANIFESTS)
                .write(
                        "dev/one/k8s/map.yaml",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: moved }\ndata: { a: b }\n");
        house.applied(house.merged("one"));
        String uid = get("configmap", "moved", "-o", "jsonpath={.metadata.uid}");
        house.checkout().branch("two").git("mv", "dev/one", "dev/two");
        house.checkout().edit("dev/two/maps.yaml", "name: maps", "name: more-maps");
        JsonNode two = house.merged("two");
        assertThat(two.path("summary").path("create").asInt()).isZero();
        assertThat(two.path("summary").path("delete").asInt()).isZero();
        assertThat(house.applied(two)).contains("1 updated");
        assertThat(get("configmap", "moved", "-o", "jsonpath={.metadata.uid}")).isEqualTo(uid);
        assertThat(get("configmap", "moved", "-o", "yaml")).contains("mergeway.dev/name: more-maps");
    }

    /** Somebody else approves what a pull request shows. */
    private void approve(JsonNode pull, String head) {
        String tag = "refs/tags/mergeway/approve/" + pull.path("number").asInt() + "/ada";
        house.checkout().git("push", "-q", "origin", head + ":" + tag);
    }

    @Test
    void anImmutableFieldMeansAReplacementAndSaysWhatThatMeans() {
        house.checkout()
                .branch("plain")
                .write("dev/environment.yaml", Specs.environment(environment, "cluster"))
                .write(
                        "dev/jobs.yaml",
                        "apiVersion: mergeway.dev/v1\nkind: Manifests\nmetadata: { name: jobs }\nspec: { path: ./k8s }\n")
                .write(
                        "dev/k8s/secret.yaml",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: fixed }\nimmutable: true\ndata: { a: one }\n");
        house.applied(house.merged("plain"));
        String before = get("configmap", "fixed", "-o", "jsonpath={.metadata.uid}");
        house.checkout().branch("other").edit("dev/k8s/secret.yaml", "a: one", "a: two");
        JsonNode other = house.merged("other");
        assertThat(other.path("summary").path("replace").asInt()).isEqualTo(1);
        assertThat(other.path("comment").asString()).contains("replace", "fixed");
        house.applied(other);
        assertThat(get("configmap", "fixed", "-o", "jsonpath={.data.a}")).isEqualTo("two");
        assertThat(get("configmap", "fixed", "-o", "jsonpath={.metadata.uid}")).isNotEqualTo(before);
    }

    @Test
    void aTargetThatIsDownDelaysOnlyItsOwnEnvironments() throws IOException {
        web("down");
        SERVER.killApiServer();
        try {
            house.checkout().branch("later").edit("down/web.yaml", "1.0.0", "1.0.1");
            String later = house.checkout().push("later");
            String there = "there-" + environment;
            house.checkout()
                    .branch("there")
                    .write("there/environment.yaml", Specs.environment(there, "local"))
                    .write("there/web.yaml", Specs.web("web", "1.0.0"));
            house.applied(house.merged("there"));
            assertThat(house.live(there)).isNotEmptyDirectory();
            JsonNode waiting = await().atMost(PATIENCE).until(() -> house.pull("later"), pull -> !pull.isMissingNode());
            assertThat(waiting.path("comment").asString()).contains("cannot be planned yet", "cluster");
            SERVER.startApiServer();
            JsonNode ready = house.planned("later", later, "ready");
            house.checkout().merge("later");
            String receipt = house.applied(ready);
            assertThat(image("web")).as(receipt).endsWith(":1.0.1");
        } finally {
            SERVER.startApiServer();
        }
    }

    @Test
    void whatKeepsAnAppFromGettingHealthyIsSaidInPlainWords() {
        house.checkout()
                .branch("small")
                .write(
                        "small/environment.yaml",
                        Specs.environment(environment, "cluster") + "  quota: { cpu: \"1\", memory: 1Gi, pods: 1 }\n")
                .write("small/web.yaml", Specs.web("web", "1.0.0"));
        JsonNode pull = house.merged("small");
        house.applied(pull);
        String pod = get("pods", "-o", "jsonpath={.items[0].metadata.name}");
        SERVER.kubectl(
                "-n",
                environment,
                "patch",
                "pod",
                pod,
                "--subresource=status",
                "-p",
                "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\"}],\"containerStatuses\":[{\"name\":"
                        + "\"main\",\"image\":\"nginx\",\"imageID\":\"\",\"ready\":false,\"restartCount\":0,\"state\":"
                        + "{\"running\":null,\"waiting\":{\"reason\":\"ImagePullBackOff\",\"message\":\"no such image\"}}}]}}");
        house.environment(
                environment, state -> state.path("health").asString("").equals("Degraded"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(health()).contains("cannot be pulled"));

        // A quota is in force once the controllers have counted what is there.
        await().atMost(PATIENCE)
                .until(() -> get("resourcequota", "environment", "-o", "jsonpath={.status.used.pods}")
                        .equals("1"));
        house.checkout().branch("many").edit("small/web.yaml", "replicas: 1", "replicas: 3");
        house.merged("many");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(health()).contains("quota"));
    }

    private String health() {
        StringBuilder messages = new StringBuilder();
        house.mergeway()
                .api("/resources?environment=" + environment)
                .path("items")
                .forEach(resource ->
                        messages.append(resource.path("message").asString("")).append('\n'));
        return messages.toString();
    }
}
