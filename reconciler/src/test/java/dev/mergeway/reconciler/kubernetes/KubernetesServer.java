package dev.mergeway.reconciler.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Kubernetes for tests: API server, controllers, scheduler and simulated nodes, one for the test JVM. Programs
 * come from {@code KUBEBUILDER_ASSETS}, else from what {@code .ci/servers build kubernetes} built; without them tests are
 * skipped, or fail where {@code MERGEWAY_REQUIRE_SERVERS=1}. Use as {@code @RegisterExtension static final}.
 */
public final class KubernetesServer implements BeforeAllCallback {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable Running running;
    private static @Nullable String absence;

    private record Running(Path folder, int port, Path programs) {}

    @Override
    public void beforeAll(ExtensionContext context) {
        synchronized (KubernetesServer.class) {
            if (running == null && absence == null) {
                start();
            }
        }
        if (absence != null) {
            if ("1".equals(System.getenv("MERGEWAY_REQUIRE_SERVERS"))) {
                throw new IllegalStateException(absence);
            }
            Assumptions.abort(absence);
        }
    }

    /** Kubeconfig of an administrator. */
    public Path kubeconfig() {
        return server().folder().resolve("kubeconfig");
    }

    /** Port of the API server on 127.0.0.1. */
    public int port() {
        return server().port();
    }

    /** Certificate that the API server shows, which is its own authority. */
    public Path certificate() {
        return server().folder().resolve("certs/apiserver.crt");
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
        return run(command, input);
    }

    /** Kills the API server, as a crash would; the rest stays. */
    public void killApiServer() {
        apiServer().ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    private static Optional<ProcessHandle> apiServer() {
        return ProcessHandle.of(Long.parseLong(
                read(server().folder().resolve("kube-apiserver.pid")).strip()));
    }

    /** Starts the API server again on the same state, with the arguments it had; does not wait until it is ready. */
    public void startApiServer() {
        if (apiServer().filter(ProcessHandle::isAlive).isPresent()) {
            return; // a second one would take the first one's place in the file, and nobody would end that
        }
        try {
            Process process = new ProcessBuilder(arguments())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(
                            server().folder().resolve("kube-apiserver.log").toFile()))
                    .start();
            Files.writeString(server().folder().resolve("kube-apiserver.pid"), process.pid() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> arguments() {
        Path folder = server().folder();
        return List.of(
                server().programs().resolve("kube-apiserver").toString(),
                "--etcd-servers",
                "http://127.0.0.1:" + (port() + 1),
                "--cert-dir",
                folder.resolve("certs").toString(),
                "--bind-address",
                "127.0.0.1",
                "--advertise-address",
                "127.0.0.1",
                "--secure-port",
                String.valueOf(port()),
                "--service-cluster-ip-range",
                "10.96.0.0/16",
                "--authorization-mode",
                "RBAC",
                "--token-auth-file",
                folder.resolve("tokens.csv").toString(),
                "--allow-privileged",
                "--endpoint-reconciler-type",
                "none",
                "--service-account-issuer",
                "https://kubernetes.default.svc",
                "--service-account-key-file",
                folder.resolve("sa.pub").toString(),
                "--service-account-signing-key-file",
                folder.resolve("sa.key").toString());
    }

    private static Running server() {
        return Objects.requireNonNull(running, "the server runs only between beforeAll and the end of the JVM");
    }

    private static void start() {
        Optional<Path> script = upwards(".ci/testservers/kubernetes/start");
        Optional<Path> programs = programs();
        if (script.isEmpty() || programs.isEmpty()) {
            absence = "no Kubernetes: set KUBEBUILDER_ASSETS or run .ci/servers build kubernetes";
            return;
        }
        try {
            Path folder = Files.createTempDirectory("mergeway-kubernetes");
            int port = freePort();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(folder)));
            run(
                    List.of(
                            script.get().toString(),
                            folder.toString(),
                            String.valueOf(port),
                            programs.get().toString()),
                    "");
            running = new Running(folder, port, programs.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> programs() {
        String assets = System.getenv("KUBEBUILDER_ASSETS");
        if (assets != null) {
            return Optional.of(Path.of(assets)).filter(Files::isDirectory);
        }
        return upwards(".ci/servers").flatMap(script -> {
            try {
                return Optional.of(Path.of(run(List.of(script.toString(), "path", "kubernetes"), "")
                        .strip()));
            } catch (IllegalStateException e) {
                return Optional.empty();
            }
        });
    }

    private static Optional<Path> upwards(String file) {
        for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
            if (Files.isExecutable(here.resolve(file))) {
                return Optional.of(here.resolve(file));
            }
        }
        return Optional.empty();
    }

    /** The two ports above it are etcd's; below 32768 nobody gets one by chance. */
    private static int freePort() throws IOException {
        int start = 20000 + (int) (ProcessHandle.current().pid() % 3000) * 4;
        for (int port = start; port < start + 400; port += 4) {
            try (ServerSocket one = new ServerSocket(port);
                    ServerSocket two = new ServerSocket(port + 1);
                    ServerSocket three = new ServerSocket(port + 2)) {
                return port;
            } catch (IOException e) {
                continue;
            }
        }
        throw new IOException("no three free ports from " + start);
    }

    private static String run(List<String> command, String input) {
        try {
            Path out = Files.createTempFile("mergeway", ".out");
            Path err = Files.createTempFile("mergeway", ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                process.outputWriter().append(input).close();
                if (!process.waitFor(240, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    process.destroyForcibly();
                    throw new IllegalStateException(String.join(" ", command) + ": " + read(err) + read(out));
                }
                return read(out);
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".pid"))
                    .map(file -> ProcessHandle.of(Long.parseLong(read(file).strip())))
                    .flatMap(Optional::stream)
                    .forEach(ProcessHandle::destroyForcibly);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        delete(folder);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
