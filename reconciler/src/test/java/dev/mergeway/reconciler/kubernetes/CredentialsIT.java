package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.mergeway.reconciler.kubernetes.ClusterAccess.Token;
import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.resource.Problem.Turn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that does not know us any more, or that we cannot trust. */
class CredentialsIT {
    /** What an API server knows of a token it may take its time to forget. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final KubernetesServer SERVER = new KubernetesServer();

    @TempDir
    private Path folder = Path.of(".");

    private static Problem problem(KubernetesTarget target, String environment) {
        try {
            target.inventory(environment);
            throw new AssertionError("the cluster answered");
        } catch (TargetException e) {
            return e.problem();
        }
    }

    @Test
    void saysThatCredentialsWereRevokedAndGoesOnWithNewOnes() throws Exception {
        String environment = SERVER.freshName("revoked");
        AtomicReference<String> token = new AtomicReference<>(account(environment));
        String url = "https://127.0.0.1:" + SERVER.port();
        try (KubernetesTarget target =
                new KubernetesTarget(ClusterAccess.of("shop", new Token(url, SERVER.certificate(), token::get)))) {
            assertThat(target.inventory(environment)).isEmpty();

            SERVER.kubectl("-n", "default", "delete", "serviceaccount", environment);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(problem(target, environment))
                            .isEqualTo(new Problem(
                                    Turn.PLATFORM,
                                    "Target shop: the API server " + url + " does not accept our credentials (401)."
                                            + " Renew the token or certificate of this target.",
                                    "",
                                    false)));

            token.set(account(environment));
            assertThat(target.inventory(environment)).isEmpty();
        }
    }

    @Test
    void aKubeconfigThatWasRenewedIsReadAgain() throws Exception {
        String environment = SERVER.freshName("renewed");
        Path kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(kubeconfig, DeployedRights.kubeconfig(SERVER, account(environment)));
        try (KubernetesTarget target =
                new KubernetesTarget(ClusterAccess.of("shop", new ClusterAccess.Kubeconfig(kubeconfig, "")))) {
            assertThat(target.inventory(environment)).isEmpty();
            SERVER.kubectl("-n", "default", "delete", "serviceaccount", environment);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(problem(target, environment).message()).contains("(401)"));

            String other = SERVER.freshName("renewed");
            Files.writeString(kubeconfig, DeployedRights.kubeconfig(SERVER, account(other)));
            assertThat(target.inventory(environment)).isEmpty();
        }
    }

    @Test
    void asksOnceWhereCredentialsAreRefusedAndWithTheTokenOfThatMoment() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        ServerIdentity identity = ServerIdentity.valid(folder);
        HttpsServer refusing = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        refusing.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
        refusing.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
                byte[] body = "{\"kind\":\"Status\",\"code\":401}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(401, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        refusing.start();
        AtomicReference<String> token = new AtomicReference<>("one");
        String url = "https://127.0.0.1:" + refusing.getAddress().getPort();
        try (KubernetesTarget target =
                new KubernetesTarget(ClusterAccess.of("shop", new Token(url, identity.authority(), token::get)))) {
            assertThat(problem(target, "any").message()).contains("(401)");
            token.set("two");
            assertThat(problem(target, "any").message()).contains("(401)");
        } finally {
            refusing.stop(0);
        }
        assertThat(asked).containsExactly("Bearer one", "Bearer two");
    }

    /** A fresh service account that may read everything; gives its token. */
    private static String account(String name) {
        SERVER.kubectl("-n", "default", "create", "serviceaccount", name);
        String account = "--serviceaccount=default:" + name;
        SERVER.kubectlWith(
                SERVER.kubectl(
                        "create",
                        "clusterrolebinding",
                        name,
                        "--clusterrole=cluster-admin",
                        account,
                        "--dry-run=client",
                        "-o",
                        "yaml"),
                "apply",
                "-f",
                "-");
        return SERVER.kubectl("-n", "default", "create", "token", name).strip();
    }

    @Test
    void saysThatTheServersCertificateHasExpired() throws Exception {
        assertThat(distrusted("-10d", 5))
                .contains("its certificate has expired (NotAfter: ")
                .endsWith("Renew it, unless the clock of this machine is wrong.");
    }

    @Test
    void saysThatAClockIsWrong() throws Exception {
        assertThat(distrusted("+2d", 5))
                .contains("its certificate is not valid yet (NotBefore: ")
                .endsWith("Set the clocks of this machine and of the one that made the certificate right.");
    }

    @Test
    void saysThatSomebodyElseAnswers() throws Exception {
        ServerIdentity other = ServerIdentity.valid(folder);
        try (FaultProxy proxy = new FaultProxy(SERVER, other)) {
            assertThat(distrusted(proxy, SERVER.certificate()))
                    .endsWith("Renew its certificate or correct the authority in the target's kubeconfig.");
        }
    }

    /** What is said of a server whose certificate is valid at another time than now. */
    private String distrusted(String start, int days) throws Exception {
        ServerIdentity identity = ServerIdentity.of(folder, start, days);
        try (FaultProxy proxy = new FaultProxy(SERVER, identity)) {
            return distrusted(proxy, identity.authority());
        }
    }

    private static String distrusted(FaultProxy proxy, Path authority) throws IOException {
        try (KubernetesTarget target =
                new KubernetesTarget(ClusterAccess.of("shop", new Token(proxy.url(), authority, SERVER::token)))) {
            Problem problem = problem(target, "any");
            assertThat(problem.turn()).isEqualTo(Turn.PLATFORM);
            assertThat(problem.passing()).isFalse();
            assertThat(problem.message())
                    .startsWith("Target shop: no trusted connection to the API server " + proxy.url() + ": ");
            return problem.message();
        }
    }
}
