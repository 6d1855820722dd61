package dev.mergeway.reconciler.system;

import static dev.mergeway.reconciler.system.LocalHouse.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.kubernetes.AdmissionWebhook;
import dev.mergeway.reconciler.kubernetes.DeployedRights;
import dev.mergeway.reconciler.kubernetes.FaultProxy;
import dev.mergeway.reconciler.kubernetes.FaultProxy.Fault;
import dev.mergeway.reconciler.kubernetes.KubernetesServer;
import dev.mergeway.reconciler.kubernetes.ServerIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Days on which the cluster itself is in trouble, before and in the middle of a release, as its pull request tells them. */
class KubernetesWeatherIT {
    private static final String PLATFORM = "It is the platform team's turn.";
    private static final int MANY = 40;

    private static final String MAPS =
            "apiVersion: mergeway.dev/v1\nkind: Manifests\nmetadata: { name: maps }\nspec: { path: ./k8s }\n";

    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    @TempDir
    private Path folder = Path.of(".");

    private String environment;

    @BeforeEach
    void begin() {
        environment = SERVER.freshName("weather");
    }

    @AfterEach
    void end() {
        SERVER.kubectl(
                "delete",
                "mutatingwebhookconfiguration,validatingwebhookconfiguration",
                environment,
                "--ignore-not-found");
        SERVER.kubectl("delete", "namespace", environment, "--ignore-not-found", "--wait=false");
    }

    private LocalHouse house(Path kubeconfig) {
        return LocalHouse.of(folder, kubeconfig).start();
    }

    /** A service whose cluster is behind the proxy. */
    private LocalHouse behind(FaultProxy proxy, Path authority) throws IOException {
        Path file = folder.resolve("kubeconfig");
        Files.writeString(
                file,
                DeployedRights.kubeconfig(SERVER, SERVER.token())
                        .replace("https://127.0.0.1:" + SERVER.port(), proxy.url())
                        .replace(SERVER.certificate().toString(), authority.toString()));
        return house(file);
    }

    private void environment(LocalHouse house) {
        house.checkout().branch("begin").write("dev/environment.yaml", Specs.environment(environment, "cluster"));
        house.applied(house.merged("begin"));
    }

    private static String map(String name) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: %s }\ndata: { a: b }\n".formatted(name);
    }

    /** Opens a pull request with many objects and waits for its plan. */
    private static JsonNode many(LocalHouse house) {
        StringBuilder maps = new StringBuilder();
        for (int number = 0; number < MANY; number++) {
            maps.append("---\n").append(map("map-" + number));
        }
        house.checkout().branch("many").write("dev/maps.yaml", MAPS).write("dev/k8s/all.yaml", maps.toString());
        return house.planned("many", house.checkout().push("Add many"), "ready");
    }

    /** All are there, and made once: nobody wrote them again. */
    private void allAreThereAndMadeOnce() {
        Set<String> names = new TreeSet<>();
        for (String line : SERVER.kubectl(
                        "-n",
                        environment,
                        "get",
                        "configmaps",
                        "-l",
                        "mergeway.dev/environment=" + environment,
                        "-o",
                        "jsonpath={range .items[*]}{.metadata.name}{\"\\n\"}{end}")
                .split("\n", -1)) {
            names.add(line);
        }
        names.remove("");
        assertThat(names).hasSize(MANY);
    }

    private JsonNode synced(LocalHouse house) {
        return house.environment(
                environment, seen -> seen.path("sync").asString("").equals("Synced"));
    }

    private static JsonNode told(LocalHouse house, String branch, String words) {
        return await("the comment of " + branch + " says: " + words)
                .atMost(PATIENCE)
                .until(
                        () -> house.pull(branch),
                        pull -> pull.path("comment").asString("").contains(words));
    }

    @Test
    void aReleaseGoesOnThroughErrorsLostAnswersAndSlowness() throws Exception {
        try (FaultProxy proxy = new FaultProxy(SERVER);
                LocalHouse house = behind(proxy, SERVER.certificate())) {
            environment(house);
            JsonNode pull = many(house);
            proxy.next(new Fault.Answer(500, ""), 4);
            proxy.next(new Fault.Answer(429, "1"), 4);
            proxy.next(new Fault.Cut(), 4);
            proxy.next(new Fault.Answer(503, ""), 4);
            proxy.next(new Fault.Delay(Duration.ofSeconds(2)), 4);
            house.checkout().merge("many");
            house.applied(pull);
            assertThat(proxy.pending()).isZero();
            allAreThereAndMadeOnce();
            synced(house);
        }
    }

    @Test
    void aReleaseGoesOnWhenTheApiServerIsRestartedInTheMiddle() throws Exception {
        try (FaultProxy proxy = new FaultProxy(SERVER);
                LocalHouse house = behind(proxy, SERVER.certificate())) {
            environment(house);
            JsonNode pull = many(house);
            inTheMiddle(proxy, house);
            SERVER.killApiServer();
            SERVER.startApiServer();
            proxy.always(null);
            house.applied(pull);
            allAreThereAndMadeOnce();
            synced(house);
        }
    }

    @Test
    void whatSomebodyDeletesInTheMiddleOfAReleaseIsThereAfterwards() throws Exception {
        try (FaultProxy proxy = new FaultProxy(SERVER);
                LocalHouse house = behind(proxy, SERVER.certificate())) {
            environment(house);
            JsonNode pull = many(house);
            String first = inTheMiddle(proxy, house);
            SERVER.kubectl("-n", environment, "delete", first);
            proxy.always(null);
            house.comment(pull, body -> body.contains("### Applied"));
            await().atMost(PATIENCE).untilAsserted(this::allAreThereAndMadeOnce);
            synced(house);
        }
    }

    /** Merges many objects to a cluster that is slow from now on; gives the first of them once it is there. */
    private String inTheMiddle(FaultProxy proxy, LocalHouse house) {
        proxy.always(new Fault.Delay(Duration.ofMillis(300)));
        house.checkout().merge("many");
        return await().atMost(PATIENCE)
                .until(
                        () -> SERVER.kubectl("-n", environment, "get", "configmap", "-o", "name")
                                .lines()
                                .filter(name -> name.contains("/map-"))
                                .findFirst()
                                .orElse(""),
                        name -> !name.isEmpty());
    }

    @Test
    void aServerThatIsAwayIsSaidAndThePlanComesWhenItIsBack() throws Exception {
        try (FaultProxy proxy = new FaultProxy(SERVER);
                LocalHouse house = behind(proxy, SERVER.certificate())) {
            environment(house);
            proxy.always(new Fault.Answer(503, ""));
            house.checkout().branch("one").write("dev/maps.yaml", MAPS).write("dev/k8s/one.yaml", map("one"));
            String head = house.checkout().push("Add one");
            JsonNode waiting = told(house, "one", "(503)");
            assertThat(waiting.path("comment").asString())
                    .contains("The API server could not handle", "This is for the platform team to put right.");
            proxy.always(null);
            house.planned("one", head, "ready");
            house.checkout().merge("one");
            house.applied(waiting);
        }
    }

    @Test
    void aCertificateThatHasExpiredIsSaid() throws Exception {
        distrusted("-10d", "its certificate has expired", "Renew it, unless the clock of this machine is wrong.");
    }

    @Test
    void aClockThatIsWrongIsSaid() throws Exception {
        distrusted("+2d", "its certificate is not valid yet", "Set the clocks of this machine");
    }

    private void distrusted(String start, String what, String todo) throws Exception {
        ServerIdentity identity = ServerIdentity.of(folder, start, 5);
        try (FaultProxy proxy = new FaultProxy(SERVER, identity);
                LocalHouse house = behind(proxy, identity.authority())) {
            house.checkout().branch("begin").write("dev/environment.yaml", Specs.environment(environment, "cluster"));
            house.checkout().push("Begin");
            JsonNode waiting = told(house, "begin", what);
            assertThat(waiting.path("comment").asString()).contains("cannot be planned yet", todo, PLATFORM);
        }
    }

    @Test
    void credentialsThatAreRevokedAreSaidAndOnceRenewedItGoesOn() throws Exception {
        DeployedRights.login(SERVER, folder);
        Path file = folder.resolve("kubeconfig");
        SERVER.kubectl("-n", "default", "create", "serviceaccount", environment);
        SERVER.kubectl(
                "create",
                "clusterrolebinding",
                environment,
                "--clusterrole=cluster-admin",
                "--serviceaccount=default:" + environment);
        String token =
                SERVER.kubectl("-n", "default", "create", "token", environment).strip();
        Files.writeString(file, DeployedRights.kubeconfig(SERVER, token));
        try (LocalHouse house = house(file)) {
            environment(house);
            SERVER.kubectl("-n", "default", "delete", "serviceaccount", environment);
            await().atMost(PATIENCE).until(() -> refused(token));
            house.checkout().branch("one").write("dev/maps.yaml", MAPS).write("dev/k8s/one.yaml", map("one"));
            String head = house.checkout().push("Add one");
            JsonNode waiting = told(house, "one", "does not accept our credentials (401)");
            assertThat(waiting.path("comment").asString()).contains(PLATFORM).doesNotContain(token);

            Files.writeString(file, DeployedRights.kubeconfig(SERVER, SERVER.token()));
            house.planned("one", head, "ready");
            house.checkout().merge("one");
            house.applied(waiting);
        } finally {
            SERVER.kubectl("delete", "clusterrolebinding", environment);
        }
    }

    private static boolean refused(String token) {
        try {
            SERVER.kubectl("--token=" + token, "get", "namespaces");
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Test
    void aNamespaceThatIsBeingDeletedIsSaid() {
        try (LocalHouse house = house(SERVER.kubeconfig())) {
            environment(house);
            SERVER.kubectlWith(
                    "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: kept, namespace: %s, finalizers: [ example.com/x ] }\n"
                            .formatted(environment),
                    "create",
                    "-f",
                    "-");
            SERVER.kubectl("delete", "namespace", environment, "--wait=false");
            house.checkout().branch("one").write("dev/maps.yaml", MAPS).write("dev/k8s/one.yaml", map("one"));
            house.checkout().push("Add one");
            JsonNode told = told(house, "one", "is being deleted");
            assertThat(told.path("comment").asString())
                    .contains(
                            "The namespace " + environment + " of ConfigMap " + environment + "/one is being deleted;"
                                    + " nothing can be made in it until it is gone.",
                            "This is for the platform team to put right.");
            SERVER.kubectl(
                    "-n", environment, "patch", "configmap", "kept", "-p", "{\"metadata\":{\"finalizers\":null}}");
        }
    }

    @Test
    void podsThatAQuotaKeepsAwayAreToldWithTheirQuota() {
        SERVER.needsPods();
        try (LocalHouse house = house(SERVER.kubeconfig())) {
            environment(house);
            SERVER.kubectl("-n", environment, "create", "quota", "none", "--hard=pods=0");
            house.checkout().branch("web").write("dev/web.yaml", Specs.web("web", "1.0.0"));
            JsonNode pull = house.merged("web");
            String told = house.comment(pull, body -> body.contains("do not fit the quota none"));
            assertThat(told)
                    .contains("### Applied, but not healthy", "Ask for less, or for a larger quota")
                    .doesNotContain("### Applied\n");
            SERVER.kubectl("-n", environment, "delete", "quota", "none");
            SERVER.kubectl(
                    "-n", environment, "scale", "replicaset", "--all", "--replicas=0"); // its next try is minutes away
            house.applied(pull);
        }
    }

    @Test
    void waitingForHealthKeepsNobodyWaiting() {
        SERVER.needsPods();
        String other = SERVER.freshName("weather");
        try (LocalHouse house = LocalHouse.of(folder, SERVER.kubeconfig(), 1).start()) {
            environment(house);
            house.checkout()
                    .branch("web")
                    .write("dev/web.yaml", Specs.web("web", "1.0.0").replace("10m", "9000"));
            JsonNode waiting = house.merged("web");
            house.comment(waiting, body -> body.contains("not healthy yet") || body.contains("Progressing"));
            house.checkout().branch("other").write("other/environment.yaml", Specs.environment(other, "cluster"));
            house.applied(house.merged("other"));
            assertThat(house.mergeway()
                            .api("/pulls/shop/" + waiting.path("number").asInt())
                            .path("comment")
                            .asString(""))
                    .as("it waits still")
                    .doesNotContain("### Applied\n");
        } finally {
            SERVER.kubectl("delete", "namespace", other, "--ignore-not-found", "--wait=false");
        }
    }

    @Test
    void whatAWebhookChangesIsShownAndNotFoughtOver() throws Exception {
        String patch = "[{\"op\": \"replace\", \"path\": \"/data/a\", \"value\": \"changed\"}]";
        Map<String, Object> change = Map.of(
                "allowed",
                true,
                "patchType",
                "JSONPatch",
                "patch",
                Base64.getEncoder().encodeToString(patch.getBytes(StandardCharsets.UTF_8)));
        try (AdmissionWebhook webhook = new AdmissionWebhook(folder, _ -> change);
                LocalHouse house = house(SERVER.kubeconfig())) {
            environment(house);
            webhook.install(SERVER, "MutatingWebhookConfiguration", environment);
            await().atMost(PATIENCE)
                    .until(() -> SERVER.kubectlWith(
                                    map("try"),
                                    "-n",
                                    environment,
                                    "create",
                                    "--dry-run=server",
                                    "-f",
                                    "-",
                                    "-o",
                                    "json")
                            .contains("changed"));
            house.checkout().branch("one").write("dev/maps.yaml", MAPS).write("dev/k8s/one.yaml", map("one"));
            JsonNode pull = house.planned("one", house.checkout().push("Add one"), "ready");
            assertThat(pull.path("comment").asString())
                    .contains("the cluster will change data.a from b to changed (admission)");
            house.checkout().merge("one");
            house.applied(pull);
            synced(house);
            String version = version("one");
            house.checkout().branch("two").write("dev/k8s/two.yaml", map("two"));
            house.applied(house.merged("two"));
            assertThat(version("one")).as("nobody wrote it again").isEqualTo(version);
            assertThat(synced(house).path("message").asString("")).doesNotContain("by hand");
        }
    }

    private String version(String name) {
        return SERVER.kubectl(
                "-n", environment, "get", "configmap", name, "-o", "jsonpath={.metadata.resourceVersion}");
    }

    @Test
    void aWebhookThatDoesNotAnswerInTimeIsNamedAndThePlanComesOnceItDoes() throws Exception {
        CountDownLatch awake = new CountDownLatch(1);
        try (AdmissionWebhook webhook = new AdmissionWebhook(folder, _ -> Map.of("allowed", within(awake)));
                LocalHouse house = house(SERVER.kubeconfig())) {
            environment(house);
            webhook.install(SERVER, "ValidatingWebhookConfiguration", environment);
            await().atMost(PATIENCE).until(this::hangs);
            house.checkout().branch("one").write("dev/maps.yaml", MAPS).write("dev/k8s/one.yaml", map("one"));
            String head = house.checkout().push("Add one");
            JsonNode told = told(house, "one", "The admission webhook guard.example.com");
            assertThat(told.path("comment").asString())
                    .contains("does not answer", "Whoever runs it has to look after it.")
                    .contains("This is for the platform team to put right.");
            awake.countDown();
            house.planned("one", head, "ready");
        }
    }

    private boolean hangs() {
        try {
            SERVER.kubectlWith(map("try"), "-n", environment, "create", "--dry-run=server", "-f", "-");
            return false;
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage()).contains("guard.example.com");
        }
    }

    private static boolean within(CountDownLatch awake) {
        try {
            return awake.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
