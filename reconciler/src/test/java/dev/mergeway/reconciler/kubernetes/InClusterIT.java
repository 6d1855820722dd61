package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.kubernetes.ClusterAccess.InCluster;
import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Mergeway in a pod, with the service account and the rights of {@code deploy/kubernetes.yaml}. */
class InClusterIT {
    /** What an API server knows of a token it may take its time to forget. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    private static final String ACCOUNT = "mergeway-system";

    @TempDir
    private Path folder = Path.of(".");

    private final String environment = SERVER.freshName("pod");

    @BeforeEach
    void begin() {
        Pod.assumeAllowed(folder);
        DeployedRights.login(SERVER, folder);
    }

    @Test
    void readsAppliesAndDeletesAndGoesOnWithARotatedToken() throws Exception {
        SERVER.kubectl("-n", ACCOUNT, "create", "secret", "generic", environment);
        Path account = folder.resolve("account");
        account.toFile().mkdir();
        Pod.mount(account, SERVER.certificate(), tokenAsLongAsItsSecretIsThere());
        try (Pod pod = Pod.start(SERVER, account, Inside.class, environment)) {
            assertThat(pod.ask("inventory")).isEqualTo("0");
            assertThat(pod.ask("apply")).isEqualTo("CREATED CREATED");
            assertThat(pod.ask("inventory")).isEqualTo("2");
            assertThat(SERVER.kubectl("-n", environment, "get", "configmap", "one", "-o", "jsonpath={.data.a}"))
                    .isEqualTo("b");
            assertThat(SERVER.kubectl(
                            "-n",
                            environment,
                            "get",
                            "configmap",
                            "one",
                            "--show-managed-fields",
                            "-o",
                            "jsonpath={.metadata.managedFields[*].manager}"))
                    .isEqualTo("mergeway");

            SERVER.kubectl("-n", ACCOUNT, "delete", "secret", environment);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(pod.ask("inventory")).contains("(401)"));
            Pod.mount(account, SERVER.certificate(), DeployedRights.token(SERVER));
            assertThat(pod.ask("inventory")).isEqualTo("2");
            assertThat(pod.ask("delete")).isEqualTo("DELETED DELETED");
            assertThat(pod.ask("inventory")).isEqualTo("0");
        }
    }

    private String tokenAsLongAsItsSecretIsThere() {
        return SERVER.kubectl(
                        "-n",
                        ACCOUNT,
                        "create",
                        "token",
                        "mergeway",
                        "--bound-object-kind=Secret",
                        "--bound-object-name=" + environment)
                .strip();
    }

    /** The program in the pod. */
    static final class Inside {
        private Inside() {}

        public static void main(String[] arguments) throws IOException {
            String environment = arguments[0];
            List<Desired> desired = Wanted.all(environment, """
                    {apiVersion: v1, kind: Namespace, metadata: {name: NS}}
                    ---
                    {apiVersion: v1, kind: ConfigMap, metadata: {name: one, namespace: NS}, data: {a: b}}
                    """);
            try (KubernetesTarget target = new KubernetesTarget(ClusterAccess.of("test", new InCluster()));
                    BufferedReader questions =
                            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                for (String line = questions.readLine(); line != null; line = questions.readLine()) {
                    System.out.println("> " + answer(target, line, environment, desired));
                }
            }
        }

        private static String answer(KubernetesTarget target, String question, String environment, List<Desired> all) {
            try {
                return switch (question) {
                    case "inventory" ->
                        String.valueOf(target.inventory(environment).size());
                    case "apply" -> apply(target, all.getFirst()) + " " + apply(target, all.getLast());
                    case "delete" ->
                        target.delete(all.getLast().key(), all.getLast().owner())
                                        .result() + " "
                                + target.delete(
                                                all.getFirst().key(),
                                                all.getFirst().owner())
                                        .result();
                    default -> throw new IllegalArgumentException(question);
                };
            } catch (TargetException e) {
                return e.problem().message();
            }
        }

        private static Outcome.Result apply(KubernetesTarget target, Desired one) throws TargetException {
            return target.apply(one, target.compare(List.of(one)).getFirst()).result();
        }
    }
}
