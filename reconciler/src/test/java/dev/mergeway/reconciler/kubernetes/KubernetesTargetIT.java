package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mergeway.reconciler.health.HealthRules;
import dev.mergeway.reconciler.kubernetes.ClusterAccess.Kubeconfig;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.FieldChange;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Outcome.Result;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.resource.Problem.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KubernetesTargetIT {
    /** Controllers of a busy machine take their time. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    private static final String CONFIG_MAP = """
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: settings, namespace: NS }
            data: { mode: fast, colour: red }
            """;

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web, namespace: NS }
            spec:
              replicas: 2
              selector: { matchLabels: { app: web } }
              template:
                metadata: { labels: { app: web } }
                spec:
                  containers:
                    - name: main
                      image: nginx:1
                      env: [ { name: A, value: "1" } ]
                      resources: { requests: { cpu: 1000m, memory: 1024Mi } }
                    - { name: side, image: busybox:1 }
            """;

    private KubernetesTarget target;
    private String environment;

    @BeforeEach
    void begin() throws IOException {
        target = new KubernetesTarget(ClusterAccess.of("test", new Kubeconfig(SERVER.kubeconfig(), "")));
        environment = SERVER.freshName("env");
    }

    @AfterEach
    void end() {
        target.close();
    }

    private Difference compare(Desired desired) throws Exception {
        return target.compare(List.of(desired)).getFirst();
    }

    private Outcome apply(Desired desired) throws Exception {
        return target.apply(desired, compare(desired));
    }

    private void namespace() throws Exception {
        Desired namespace = Wanted.one(environment, "{apiVersion: v1, kind: Namespace, metadata: {name: NS}}");
        assertThat(apply(namespace).result()).isEqualTo(Result.CREATED);
    }

    private static Problem refusal(Difference difference) {
        return difference.refused().orElseThrow(() -> new AssertionError("nothing refused: " + difference));
    }

    private static Problem problem(Outcome outcome) {
        return Objects.requireNonNull(outcome.problem());
    }

    private static Map<String, List<Object>> shown(Difference difference) {
        Map<String, List<Object>> shown = new TreeMap<>();
        for (FieldChange change : difference.fields()) {
            List<Object> values = new ArrayList<>();
            values.add(change.before());
            values.add(change.after());
            shown.put(change.pointer(), values);
        }
        return shown;
    }

    @Test
    void createsThenHasNothingToDo() throws Exception {
        namespace();
        Desired map = Wanted.one(environment, CONFIG_MAP);

        Difference planned = compare(map);
        assertThat(planned.action()).isEqualTo(Action.CREATE);
        assertThat(shown(planned)).containsEntry("/data/mode", Arrays.asList(null, "fast"));
        assertThat(target.apply(map, planned).result()).isEqualTo(Result.CREATED);
        assertThat(compare(map).action()).isEqualTo(Action.UNCHANGED);
        assertThat(target.apply(map, planned).result()).isEqualTo(Result.UNCHANGED);
    }

    @Test
    void showsOnlyFieldsThatWeOwnByMergeKeysAndQuantitiesByValue() throws Exception {
        namespace();
        apply(Wanted.one(environment, DEPLOYMENT));

        String changed = DEPLOYMENT
                .replace("1000m", "1")
                .replace("1024Mi", "1Gi")
                .replace("nginx:1", "nginx:2")
                .replace("- { name: side, image: busybox:1 }", "- { name: log, image: fluent:1 }");
        Difference difference = compare(Wanted.one(environment, changed));

        assertThat(difference.action()).isEqualTo(Action.UPDATE);
        assertThat(difference.fields())
                .extracting(FieldChange::pointer, FieldChange::before, FieldChange::after)
                .containsExactlyInAnyOrder(
                        tuple("/spec/template/spec/containers/0/image", "nginx:1", "nginx:2"),
                        tuple("/spec/template/spec/containers/1", null, Map.of("name", "log", "image", "fluent:1")),
                        tuple("/spec/template/spec/containers/1", Map.of("name", "side", "image", "busybox:1"), null));
    }

    @Test
    void aTextThatLooksLikeAQuantityIsAText() throws Exception {
        namespace();
        String texts = CONFIG_MAP.replace("mode: fast, colour: red", "default: \"1.10\", max: \"1000m\"");
        apply(Wanted.one(environment, texts));
        Desired changed = Wanted.one(environment, texts.replace("1.10", "1.1").replace("1000m", "1"));
        assertThat(shown(compare(changed)))
                .isEqualTo(Map.of("/data/default", List.of("1.10", "1.1"), "/data/max", List.of("1000m", "1")));
    }

    @Test
    void showsARemovedFieldAsRemoved() throws Exception {
        namespace();
        apply(Wanted.one(environment, CONFIG_MAP));
        Desired less = Wanted.one(environment, CONFIG_MAP.replace(", colour: red", ""));

        Difference difference = compare(less);
        assertThat(shown(difference)).isEqualTo(Map.of("/data/colour", Arrays.asList("red", null)));
        assertThat(target.apply(less, difference).result()).isEqualTo(Result.UPDATED);
        assertThat(target.read(less.key()).orElseThrow().body().get("data")).isEqualTo(Map.of("mode", "fast"));
    }

    @Test
    void neverShowsSecretData() throws Exception {
        namespace();
        String yaml = """
                apiVersion: v1
                kind: Secret
                metadata: { name: key, namespace: NS }
                data: { password: c2VjcmV0LW9uZQ== }
                """;
        Difference create = compare(Wanted.one(environment, yaml));
        apply(Wanted.one(environment, yaml));
        Difference update = compare(Wanted.one(environment, yaml.replace("c2VjcmV0LW9uZQ==", "c2VjcmV0LXR3bw==")));
        Difference wrong = compare(Wanted.one(environment, yaml.replace("c2VjcmV0LW9uZQ==", "not base64!")));

        assertThat(create.toString() + update + wrong)
                .doesNotContain("c2VjcmV0")
                .doesNotContain("secret-")
                .doesNotContain("not base64!");
        assertThat(update.fields()).containsExactly(new FieldChange("/data/password", null, null, true));
        assertThat(refusal(wrong).turn()).isEqualTo(Turn.AUTHOR);
    }

    @Test
    void plansAReplacementWithItsConsequence() throws Exception {
        namespace();
        apply(Wanted.one(environment, DEPLOYMENT));
        Desired other = Wanted.one(environment, DEPLOYMENT.replace("app: web", "app: shop"));
        String before = uid(other);

        Difference difference = compare(other);
        assertThat(difference.action()).isEqualTo(Action.REPLACE);
        assertThat(difference.reason())
                .isEqualTo("spec.selector cannot be changed in place, so it is deleted and made again: all of its pods"
                        + " stop before the first new one starts");
        assertThat(shown(difference)).containsKey("/spec/selector/matchLabels/app");
        assertThat(target.apply(other, difference).result()).isEqualTo(Result.REPLACED);
        assertThat(uid(other)).isNotEqualTo(before);
        assertThat(compare(other).action()).isEqualTo(Action.UNCHANGED);
    }

    private String uid(Desired desired) throws Exception {
        Live live = target.read(desired.key()).orElseThrow();
        return Look.text(live.body(), "metadata", "uid");
    }

    @Test
    void holdsWhatOthersOwnUntilItIsApproved() throws Exception {
        namespace();
        apply(Wanted.one(environment, DEPLOYMENT));
        SERVER.kubectl("-n", environment, "scale", "deployment/web", "--replicas=5");
        Desired more = Wanted.one(environment, DEPLOYMENT.replace("replicas: 2", "replicas: 3"));

        Difference difference = compare(more);
        assertThat(difference.action()).isEqualTo(Action.UPDATE);
        assertThat(difference.conflicts()).containsExactly("kubectl: /spec/replicas");
        assertThat(shown(difference)).isEqualTo(Map.of("/spec/replicas", List.of(5L, 3L)));

        Difference unaware = new Difference(more.key(), Action.UPDATE, difference.fields(), "", List.of(), null);
        Outcome held = target.apply(more, unaware);
        assertThat(held.result()).isEqualTo(Result.FAILED);
        assertThat(problem(held).message()).contains("kubectl: /spec/replicas");
        assertThat(problem(held).pointer()).isEqualTo("/spec/replicas");

        assertThat(target.apply(more, difference).result()).isEqualTo(Result.UPDATED);
        assertThat(compare(more).action()).isEqualTo(Action.UNCHANGED);
    }

    @Test
    void copiesThatAreLeftToAnAutoscalerStayAsTheyAre() throws Exception {
        namespace();
        apply(Wanted.one(environment, DEPLOYMENT));
        String open = DEPLOYMENT.replace("  replicas: 2\n", "");
        Desired given = Wanted.one(environment, open.replace("nginx:1", "nginx:2"));

        Difference difference = compare(given);
        assertThat(shown(difference)).containsOnlyKeys("/spec/template/spec/containers/0/image");
        assertThat(target.apply(given, difference).result()).isEqualTo(Result.UPDATED);
        assertThat(replicas()).isEqualTo("2");
        assertThat(compare(given).action()).isEqualTo(Action.UNCHANGED);

        SERVER.kubectl("-n", environment, "scale", "deployment/web", "--replicas=5");
        assertThat(compare(given).action()).as("it is not ours any more").isEqualTo(Action.UNCHANGED);
        Desired newer = Wanted.one(environment, open.replace("nginx:1", "nginx:3"));
        assertThat(apply(newer).result()).isEqualTo(Result.UPDATED);
        assertThat(replicas()).isEqualTo("5");
    }

    private String replicas() {
        return SERVER.kubectl("-n", environment, "get", "deployment/web", "-o", "jsonpath={.spec.replicas}");
    }

    @Test
    void repairsWhatSomebodyChangedByHand() throws Exception {
        namespace();
        Desired web = Wanted.one(environment, DEPLOYMENT);
        apply(web);
        SERVER.kubectl("-n", environment, "scale", "deployment/web", "--replicas=5");

        Difference difference = compare(web);
        assertThat(difference.action()).isEqualTo(Action.UPDATE);
        assertThat(difference.reason()).isEqualTo("changed outside Git by kubectl");
        assertThat(difference.conflicts()).isEmpty();
        assertThat(target.apply(web, difference).result()).isEqualTo(Result.UPDATED);
        assertThat(compare(web).action()).isEqualTo(Action.UNCHANGED);
    }

    @Test
    void adoptsOnlyWhatItWasToldTo() throws Exception {
        namespace();
        SERVER.kubectl("-n", environment, "create", "configmap", "settings", "--from-literal=mode=slow");
        Desired map = Wanted.one(environment, CONFIG_MAP);

        Difference adopt = compare(map);
        assertThat(adopt.action()).isEqualTo(Action.ADOPT);
        assertThat(adopt.reason()).contains("not managed by Mergeway but by kubectl-create");

        Difference create = new Difference(map.key(), Action.CREATE, List.of(), "", List.of(), null);
        Outcome refused = target.apply(map, create);
        assertThat(refused.result()).isEqualTo(Result.FAILED);
        assertThat(SERVER.kubectl("-n", environment, "get", "configmap", "settings", "-o", "yaml"))
                .contains("mode: slow")
                .doesNotContain("mergeway");

        assertThat(target.apply(map, adopt).result()).isEqualTo(Result.UPDATED);
        assertThat(compare(map).action()).isEqualTo(Action.UNCHANGED);
    }

    @Test
    void takesFromAnotherRepositoryOnlyWhatWasShown() throws Exception {
        namespace();
        Desired map = Wanted.one(environment, CONFIG_MAP);
        apply(map);
        SERVER.kubectl(
                "-n", environment, "label", "--overwrite", "configmap", "settings", "mergeway.dev/repository=other");

        Difference taken = compare(map);
        assertThat(taken.reason()).contains("it belongs to ").contains("repository other until now");
        assertThat(taken.conflicts()).contains(environment + "/Manifests/test of repository other: the whole resource");
        for (Action unaware : List.of(Action.ADOPT, Action.UPDATE)) {
            Outcome left = target.apply(map, new Difference(map.key(), unaware, List.of(), "", List.of(), null));
            assertThat(problem(left).message()).contains("was left alone: it belongs to ");
            assertThat(problem(left).turn()).isEqualTo(Turn.AUTHOR);
        }
        assertThat(SERVER.kubectl("-n", environment, "get", "configmap", "settings", "-o", "yaml"))
                .contains("mergeway.dev/repository: other");
    }

    @Test
    void adoptingTakesNoFieldsBeyondThoseThatWereShown() throws Exception {
        namespace();
        SERVER.kubectl("-n", environment, "create", "configmap", "settings", "--from-literal=mode=slow");
        Desired map = Wanted.one(environment, CONFIG_MAP);
        Difference adopt = compare(map);
        assertThat(adopt.conflicts()).containsExactly("kubectl-create: /data/mode");
        String theirs =
                CONFIG_MAP.replace("red", "blue").replace("mode: fast, ", "").replace("NS", environment);
        SERVER.kubectlWith(theirs, "apply", "--server-side", "--field-manager=painter", "-f", "-");

        Outcome held = target.apply(map, adopt);
        assertThat(problem(held).message()).contains("was left alone: others own fields of it (painter: /data/colour)");
        assertThat(SERVER.kubectl("-n", environment, "get", "configmap", "settings", "-o", "yaml"))
                .contains("mode: slow", "colour: blue")
                .doesNotContain("mergeway");
    }

    @Test
    void plansWhatStandsOnTheSamePlan() throws Exception {
        List<Desired> all = Wanted.all(
                environment,
                "{apiVersion: v1, kind: Namespace, metadata: {name: NS}}\n---\n"
                        + CONFIG_MAP + "---\n" + DEPLOYMENT + "---\n"
                        + DEPLOYMENT.replace("image: nginx:1", "imagee: nginx:1")
                        + "---\n" + Samples.definition(environment) + "---\n" + Samples.resource(environment));

        List<Difference> differences = target.compare(all);
        assertThat(differences).extracting(Difference::action).containsOnly(Action.CREATE);
        assertThat(differences.stream()
                        .filter(difference -> difference.refused().isPresent()))
                .hasSize(1);
        assertThat(refusal(differences.get(3)).message())
                .contains("Deployment (apps/v1/Deployment) has no such field")
                .contains("imagee");
        assertThat(refusal(differences.get(3)).pointer()).isEqualTo("/spec/template/spec/containers/0/imagee");

        all = new ArrayList<>(all);
        all.remove(3);
        differences = target.compare(all);
        for (int i = 0; i < all.size(); i++) {
            assertThat(target.apply(all.get(i), differences.get(i)).result()).isEqualTo(Result.CREATED);
        }
        assertThat(target.compare(all)).extracting(Difference::action).containsOnly(Action.UNCHANGED);
    }

    @Test
    void saysWhatTheServerWouldRefuse() throws Exception {
        namespace();
        Difference port = compare(Wanted.one(
                environment,
                DEPLOYMENT.replace(
                        "{ name: side, image: busybox:1 }",
                        "{ name: side, image: b, ports: [{containerPort: 99999}] }")));
        assertThat(refusal(port))
                .isEqualTo(new Problem(
                        Turn.AUTHOR,
                        "Kubernetes refuses Deployment " + environment
                                + "/web: spec.template.spec.containers[1].ports[0].containerPort: Invalid value: 99999:"
                                + " must be between 1 and 65535, inclusive",
                        "/spec/template/spec/containers/1/ports/0/containerPort",
                        false));

        Difference type = compare(Wanted.one(environment, DEPLOYMENT.replace("replicas: 2", "replicas: two")));
        assertThat(refusal(type).message()).contains("spec.replicas: expected numeric");
        assertThat(refusal(type).pointer()).isEqualTo("/spec/replicas");

        Difference kind = compare(Wanted.one(environment, CONFIG_MAP.replace("v1", "v2")));
        assertThat(refusal(kind).message()).contains("serves no kind v2/ConfigMap. Did you mean v1/ConfigMap?");

        Difference nowhere = compare(Wanted.one(environment, CONFIG_MAP.replace("NS", "nowhere")));
        assertThat(refusal(nowhere).message()).contains("namespace nowhere").contains("does not exist");

        Difference longName = compare(Wanted.one(environment, CONFIG_MAP.replace("settings", "s".repeat(254))));
        assertThat(refusal(longName).turn()).isEqualTo(Turn.AUTHOR);
        assertThat(refusal(longName).pointer()).isEqualTo("/metadata/name");

        Difference path = compare(Wanted.one(environment, CONFIG_MAP.replace("settings", "../../secrets/x")));
        assertThat(refusal(path).message()).contains("is no name in Kubernetes");
    }

    @Test
    void findsWhatIsOursFromTheInventoryAndFromLabelsAlone() throws Exception {
        namespace();
        apply(Wanted.one(environment, CONFIG_MAP));
        apply(Wanted.one(environment, DEPLOYMENT));
        SERVER.kubectl("-n", environment, "create", "configmap", "neighbour", "--from-literal=a=b");

        List<String> found = names(target.inventory(environment));
        assertThat(found)
                .containsExactlyInAnyOrder(
                        "v1/Namespace " + environment, "v1/ConfigMap settings", "apps/v1/Deployment web");

        asKubectlReadsIt();

        SERVER.kubectl("-n", ClusterAccess.HOME, "delete", "configmap", "mergeway-" + environment);
        try (KubernetesTarget fresh =
                new KubernetesTarget(ClusterAccess.of("test", new Kubeconfig(SERVER.kubeconfig(), "")))) {
            assertThat(names(fresh.inventory(environment))).containsExactlyInAnyOrderElementsOf(found);
        }
        assertThat(target.inventory(environment).getFirst().owner()).isPresent();
    }

    @Test
    void whatControllersAndPeopleCopiedWithItsLabelsIsNotOurs() throws Exception {
        namespace();
        apply(Wanted.one(environment, """
                apiVersion: v1
                kind: Service
                metadata: { name: web, namespace: NS }
                spec: { selector: { app: web }, ports: [ { port: 80 } ] }
                """));
        apply(Wanted.one(environment, CONFIG_MAP));
        String selector = Ownership.ENVIRONMENT + "=" + environment;
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> SERVER.kubectl("-n", environment, "get", "endpointslices", "-l", selector, "-o", "name")
                        .contains("web"));
        String map = SERVER.kubectl("-n", environment, "get", "configmap", "settings", "-o", "json");
        SERVER.kubectlWith(map.replace("\"settings\"", "\"a-copy\""), "create", "-f", "-");

        SERVER.kubectl("-n", ClusterAccess.HOME, "delete", "configmap", "mergeway-" + environment);
        try (KubernetesTarget fresh =
                new KubernetesTarget(ClusterAccess.of("test", new Kubeconfig(SERVER.kubeconfig(), "")))) {
            assertThat(names(fresh.inventory(environment)))
                    .containsExactlyInAnyOrder(
                            "v1/Namespace " + environment, "v1/Service web", "v1/ConfigMap settings");
        }
    }

    /** The ApplySet as KEP-3659 has it: a parent with an id, its tool, its kinds and namespaces; members that name the id. */
    private void asKubectlReadsIt() throws Exception {
        Map<String, Object> parent = Json.read(
                SERVER.kubectl("-n", ClusterAccess.HOME, "get", "configmap", "mergeway-" + environment, "-o", "json")
                        .getBytes(StandardCharsets.UTF_8));
        String id = Marks.setId(environment, ClusterAccess.HOME);
        assertThat(Look.map(parent, "metadata", "labels")).containsEntry("applyset.kubernetes.io/id", id);
        assertThat(Look.map(parent, "metadata", "annotations"))
                .containsEntry("applyset.kubernetes.io/tooling", "mergeway/v1")
                .containsEntry("applyset.kubernetes.io/contains-group-kinds", "ConfigMap,Deployment.apps,Namespace")
                .containsEntry("applyset.kubernetes.io/additional-namespaces", environment);
        String members = "applyset.kubernetes.io/part-of=" + id;
        assertThat(SERVER.kubectl("get", "cm,deploy", "-n", environment, "-l", members, "-o", "name"))
                .containsIgnoringWhitespaces("configmap/settings deployment.apps/web");
        assertThat(SERVER.kubectl("get", "ns", "-l", members, "-o", "name"))
                .isEqualTo("namespace/" + environment + "\n");
    }

    private static List<String> names(List<Live> inventory) {
        return inventory.stream()
                .map(live -> live.key().type() + " " + live.key().name())
                .toList();
    }

    @Test
    void deletesOursOnly() throws Exception {
        namespace();
        Desired map = Wanted.one(environment, CONFIG_MAP);
        apply(map);
        Ownership another = Wanted.one("another", CONFIG_MAP).owner();
        assertThat(problem(target.delete(map.key(), another)).message()).contains("belongs to " + environment);
        assertThat(target.delete(map.key(), map.owner()).result()).isEqualTo(Result.DELETED);
        assertThat(target.read(map.key())).isEmpty();
        assertThat(target.delete(map.key(), map.owner()).result()).isEqualTo(Result.DELETED);

        SERVER.kubectl("-n", environment, "create", "configmap", "settings", "--from-literal=a=b");
        Outcome neighbour = target.delete(map.key(), map.owner());
        assertThat(problem(neighbour).message()).contains("does not carry Mergeway's labels");
        assertThat(target.read(map.key())).isPresent();
    }

    @Test
    void nothingIsLeftOfAnEnvironmentThatWent() throws Exception {
        namespace();
        Desired map = Wanted.one(environment, CONFIG_MAP);
        Desired namespace = Wanted.one(environment, "{apiVersion: v1, kind: Namespace, metadata: {name: NS}}");
        apply(map);
        String parent = "mergeway-" + environment;
        assertThat(SERVER.kubectl("-n", ClusterAccess.HOME, "get", "configmaps", "-o", "name"))
                .contains(parent);
        assertThat(target.delete(map.key(), map.owner()).result()).isEqualTo(Result.DELETED);
        assertThat(target.delete(namespace.key(), namespace.owner()).result()).isEqualTo(Result.DELETED);
        assertThat(SERVER.kubectl("-n", ClusterAccess.HOME, "get", "configmaps", "-o", "name"))
                .doesNotContain(parent);
        assertThat(target.inventory(environment)).isEmpty();

        namespace();
        apply(map);
        assertThat(names(target.inventory(environment)))
                .containsExactlyInAnyOrder("v1/Namespace " + environment, "v1/ConfigMap settings");
    }

    @Test
    void secondComparisonOfManyKindsIsEmpty() throws Exception {
        List<Desired> all = Wanted.all(environment, Samples.manyKinds(environment));
        List<Difference> differences = target.compare(all);
        for (int i = 0; i < all.size(); i++) {
            Outcome outcome = target.apply(all.get(i), differences.get(i));
            assertThat(outcome.result())
                    .as("%s: %s", all.get(i).key(), outcome.problem())
                    .isEqualTo(Result.CREATED);
        }
        try (KubernetesTarget fresh =
                new KubernetesTarget(ClusterAccess.of("test", new Kubeconfig(SERVER.kubeconfig(), "")))) {
            assertThat(fresh.compare(all))
                    .allSatisfy(difference ->
                            assertThat(difference.action()).as("%s", difference).isEqualTo(Action.UNCHANGED));
        }
    }

    @Test
    void kubectlSeesNoDifferenceEither() throws Exception {
        List<Desired> all = Wanted.all(environment, Samples.manyKinds(environment));
        List<Difference> differences = target.compare(all);
        for (int i = 0; i < all.size(); i++) {
            target.apply(all.get(i), differences.get(i));
        }
        Map<String, Object> list = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "List",
                "items",
                all.stream().map(Desired::body).toList());
        String json = new String(Json.write(list), StandardCharsets.UTF_8);
        assertThat(SERVER.kubectlWith(json, "diff", "--server-side", "--force-conflicts", "-f", "-"))
                .isEmpty();
    }

    @Test
    void takesOverFieldsThatAlreadyHaveTheirValue() throws Exception {
        namespace();
        String few = DEPLOYMENT.replace("  replicas: 2\n", "");
        apply(Wanted.one(environment, few));
        Desired more = Wanted.one(environment, DEPLOYMENT.replace("replicas: 2", "replicas: 1"));

        Difference difference = compare(more);
        assertThat(difference.action()).isEqualTo(Action.UPDATE);
        assertThat(difference.fields()).isEmpty();
        assertThat(difference.reason()).isEqualTo("only which of its fields are ours changes");
        target.apply(more, difference);
        assertThat(compare(more).action()).isEqualTo(Action.UNCHANGED);
    }

    @Test
    void plansLeavesThatAreKnownOnlyLater() throws Exception {
        namespace();
        Desired map = Wanted.one(environment, CONFIG_MAP);
        apply(map);
        Map<String, Object> body = new LinkedHashMap<>(map.body());
        body.put("data", Map.of("mode", "fast"));
        Desired later = new Desired(map.key(), map.owner(), body, Map.of("/data/colour", "${queue.url}"), Set.of());

        Difference difference = compare(later);
        assertThat(difference.action()).isEqualTo(Action.UPDATE);
        assertThat(shown(difference)).isEqualTo(Map.of("/data/colour", List.of("red", "${queue.url}")));
    }

    @Test
    void movesAnObjectToAnotherEnvironmentOnlyWhenApproved() throws Exception {
        namespace();
        Desired map = Wanted.one(environment, CONFIG_MAP);
        apply(map);
        String other = SERVER.freshName("env");
        Desired moved = Wanted.one(other, CONFIG_MAP.replace("NS", environment));

        Difference difference = compare(moved);
        assertThat(difference.action()).isEqualTo(Action.UPDATE);
        assertThat(difference.conflicts())
                .containsExactly(environment + "/Manifests/test of repository shop: the whole resource");
        String before = uid(map);
        assertThat(target.apply(moved, difference).result()).isEqualTo(Result.UPDATED);
        assertThat(uid(map)).as("it is the same object").isEqualTo(before);
        assertThat(problem(target.delete(map.key(), map.owner())).message()).contains("belongs to " + other);
    }

    @Test
    void appliesOnlineBoutique() throws Exception {
        SERVER.needsPods();
        Path file = SharedData.folder("manifests").resolve("online-boutique.yaml");
        String yaml = "{apiVersion: v1, kind: Namespace, metadata: {name: NS}}\n---\n" + Files.readString(file);
        List<Desired> all = new ArrayList<>();
        for (Desired one : Wanted.all(environment, yaml)) {
            all.add(one.key().kind().equals("Namespace") ? one : Wanted.in(environment, one));
        }
        List<Difference> differences = target.compare(all);
        assertThat(differences).extracting(Difference::action).containsOnly(Action.CREATE);
        assertThat(differences)
                .allSatisfy(difference -> assertThat(difference.refused()).isEmpty());
        for (int i = 0; i < all.size(); i++) {
            assertThat(target.apply(all.get(i), differences.get(i)).result()).isEqualTo(Result.CREATED);
        }
        assertThat(target.compare(all)).extracting(Difference::action).containsOnly(Action.UNCHANGED);
        assertThat(target.inventory(environment)).hasSameSizeAs(all);
        SERVER.kubectl(
                "-n",
                environment,
                "patch",
                "service",
                "frontend-external",
                "--subresource=status",
                "-p",
                "{\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"192.0.2.1\"}]}}}"); // no cloud here to give one
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            for (Desired one : all) {
                assertThat(HealthRules.judge(target.observe(one.key()).orElseThrow()))
                        .as("%s", one.key())
                        .isEqualTo(HealthState.HEALTHY);
            }
        });
        for (Desired one : all.reversed()) {
            assertThat(target.delete(one.key(), one.owner()).problem()).isNull();
        }
        assertThat(target.inventory(environment)).isEmpty();
    }
}
