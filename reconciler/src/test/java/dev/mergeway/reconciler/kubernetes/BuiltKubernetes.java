package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.servers.Command;
import dev.mergeway.reconciler.servers.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs in {@code KUBEBUILDER_ASSETS}, else those that {@code .ci/servers build kubernetes} built. */
record BuiltKubernetes(Path folder, int port, Path programs) implements ControlPlane {
    /** One that was started; empty where there are no programs. It ends with the JVM. */
    static Optional<ControlPlane> started() throws IOException {
        Optional<Path> script = Command.ofCheckout(".ci/testservers/kubernetes/start");
        Optional<Path> programs = built();
        if (script.isEmpty() || programs.isEmpty()) {
            return Optional.empty();
        }
        BuiltKubernetes kubernetes =
                new BuiltKubernetes(Files.createTempDirectory("mergeway-kubernetes"), Ports.free(), programs.get());
        Runtime.getRuntime().addShutdownHook(new Thread(kubernetes::stop));
        Command.run(
                List.of(
                        script.get().toString(),
                        kubernetes.folder.toString(),
                        String.valueOf(kubernetes.port),
                        programs.get().toString()),
                "");
        return Optional.of(kubernetes);
    }

    private static Optional<Path> built() {
        String assets = System.getenv("KUBEBUILDER_ASSETS");
        if (assets != null) {
            return Optional.of(Path.of(assets)).filter(Files::isDirectory);
        }
        return Command.ofCheckout(".ci/servers").flatMap(script -> {
            try {
                return Optional.of(Path.of(Command.run(List.of(script.toString(), "path", "kubernetes"), "")
                        .strip()));
            } catch (IllegalStateException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public Path certificate() {
        return folder.resolve("certs/apiserver.crt");
    }

    @Override
    public boolean simulatesNodes() {
        return Files.exists(folder.resolve("kwok.pid"));
    }

    @Override
    public void kill() {
        apiServer().ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    @Override
    public void startAgain() {
        if (apiServer().filter(ProcessHandle::isAlive).isPresent()) {
            return; // a second one would take the first one's place in the file, and nobody would end that
        }
        try {
            Process process = new ProcessBuilder(arguments())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(
                            folder.resolve("kube-apiserver.log").toFile()))
                    .start();
            Files.writeString(folder.resolve("kube-apiserver.pid"), process.pid() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<ProcessHandle> apiServer() {
        return process(folder.resolve("kube-apiserver.pid"));
    }

    /** Those that {@code start} gave it. */
    private List<String> arguments() {
        return List.of(
                programs.resolve("kube-apiserver").toString(),
                "--etcd-servers",
                "http://127.0.0.1:" + (port + 1),
                "--cert-dir",
                folder.resolve("certs").toString(),
                "--bind-address",
                "127.0.0.1",
                "--advertise-address",
                "127.0.0.1",
                "--secure-port",
                String.valueOf(port),
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

    private void stop() {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".pid"))
                    .map(BuiltKubernetes::process)
                    .flatMap(Optional::stream)
                    .forEach(ProcessHandle::destroyForcibly);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        delete();
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ProcessHandle> process(Path file) {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
