package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.servers.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;

/**
 * A real Kubernetes for tests, one for the test JVM: API server, controllers, scheduler and simulated nodes from {@code
 * KUBEBUILDER_ASSETS}, else from what {@code .ci/servers build kubernetes} built; else, where a container engine is there,
 * K3s without nodes. With none of them tests are skipped, or fail where {@code MERGEWAY_REQUIRE_SERVERS=1}. Use as {@code
 * @RegisterExtension static final}.
 */
public final class KubernetesServer implements BeforeAllCallback {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable ControlPlane running;
    private static @Nullable String absence;

    @Override
    public void beforeAll(ExtensionContext context) {
        synchronized (KubernetesServer.class) {
            if (running == null && absence == null) {
                start();
            }
        }
        if (absence != null) {
            without(absence);
        }
    }

    /** To be called by a test whose pods must be scheduled and get ready. */
    public void needsPods() {
        if (!server().simulatesNodes()) {
            without("no simulated nodes: run .ci/servers build kubernetes");
        }
    }

    private static void without(String what) {
        if ("1".equals(System.getenv("MERGEWAY_REQUIRE_SERVERS"))) {
            throw new IllegalStateException(what);
        }
        Assumptions.abort(what);
    }

    /** Kubeconfig of an administrator. */
    public Path kubeconfig() {
        return server().folder().resolve("kubeconfig");
    }

    /** Port of the API server on 127.0.0.1. */
    public int port() {
        return server().port();
    }

    /** Who vouches for the API server. */
    public Path certificate() {
        return server().certificate();
    }

    /** What the API server was asked, where {@code AUDIT_POLICY} was set when it started. */
    public Path auditLog() {
        return server().folder().resolve("audit.log");
    }

    /** The administrator's bearer token. */
    public String token() {
        return read(server().folder().resolve("tokens.csv")).split(",", 2)[0];
    }

    /** A name for a namespace or an environment that no other test has. */
    public String freshName(String prefix) {
        return prefix + "-" + NUMBER.incrementAndGet();
    }

    /** Runs kubectl as a person would, as administrator; answers what it printed. */
    public String kubectl(String... arguments) {
        return kubectlWith("", arguments);
    }

    /** Runs kubectl with something to read. */
    public String kubectlWith(String input, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig().toString()));
        command.addAll(List.of(arguments));
        return Command.run(command, input);
    }

    /** Kills the API server, as a crash would; the rest stays. */
    public void killApiServer() {
        server().kill();
    }

    /** Starts the API server again on the same state; does not wait until it is ready. */
    public void startApiServer() {
        server().startAgain();
    }

    private static ControlPlane server() {
        return Objects.requireNonNull(running, "the server runs only between beforeAll and the end of the JVM");
    }

    private static void start() {
        if (!Command.onPath("kubectl")) {
            absence = "no kubectl on the path";
            return;
        }
        try {
            running = BuiltKubernetes.started().or(KubernetesServer::contained).orElse(null);
            if (running == null) {
                absence =
                        "no Kubernetes: set KUBEBUILDER_ASSETS, run .ci/servers build kubernetes or start a container engine";
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An engine that cannot fetch or run the image is as good as none. */
    private static Optional<ControlPlane> contained() {
        try {
            return K3s.started();
        } catch (IOException | ContainerFetchException | ContainerLaunchException | IllegalStateException e) {
            LoggerFactory.getLogger(KubernetesServer.class).warn("a container engine is there, but no K3s", e);
            return Optional.empty();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
