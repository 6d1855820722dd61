package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.servers.Command;
import dev.mergeway.reconciler.servers.Engine;
import dev.mergeway.reconciler.servers.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/**
 * K3s in a container: API server, scheduler and controllers, without any node. It shares the machine's network, so that
 * webhooks and proxies of a test are at 127.0.0.1 for it, too.
 */
record K3s(Path folder, int port, GenericContainer<?> container) implements ControlPlane {
    /** The version that {@code .ci/servers} builds. */
    private static final String IMAGE = "rancher/k3s:v1.35.4-k3s1";

    private static final String AUTHORITY = "/var/lib/rancher/k3s/server/tls/server-ca.crt";
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    /** One that was started; empty where there is no container engine. Testcontainers removes it after the JVM. */
    static Optional<ControlPlane> started() throws IOException {
        if (!Engine.sharesNetwork()) {
            return Optional.empty();
        }
        int port = Ports.free();
        String token = UUID.randomUUID().toString();
        GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withNetworkMode("host")
                .withCopyToContainer(Transferable.of(tokens(token)), "/tokens.csv")
                .withCommand(
                        "server",
                        "--disable-agent",
                        "--disable=coredns,local-storage,metrics-server,servicelb,traefik",
                        "--disable-cloud-controller",
                        "--egress-selector-mode=disabled",
                        "--https-listen-port=" + port,
                        "--kube-apiserver-arg=token-auth-file=/tokens.csv",
                        "--kube-controller-manager-arg=secure-port=0",
                        "--kube-scheduler-arg=secure-port=0");
        container.start();
        K3s k3s = new K3s(Files.createTempDirectory("mergeway-k3s"), port, container);
        Files.writeString(k3s.folder.resolve("tokens.csv"), tokens(token));
        Files.writeString(k3s.folder.resolve("kubeconfig"), ControlPlane.kubeconfig(port, k3s.certificate(), token));
        k3s.awaitReady();
        return Optional.of(k3s);
    }

    private static String tokens(String token) {
        return token + ",admin,admin,system:masters\n";
    }

    /** Its certificates are made while it starts. */
    private void awaitReady() {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            try {
                container.copyFileFromContainer(AUTHORITY, certificate().toString());
                Command.run(
                        List.of(
                                "kubectl",
                                "--kubeconfig",
                                folder.resolve("kubeconfig").toString(),
                                "get",
                                "--raw",
                                "/readyz"),
                        "");
                return;
            } catch (Exception e) {
                if (System.nanoTime() > end || !container.isRunning()) {
                    throw new IllegalStateException("K3s did not get ready: " + container.getLogs(), e);
                }
            }
        }
    }

    @Override
    public Path certificate() {
        return folder.resolve("authority.crt");
    }

    @Override
    public boolean simulatesNodes() {
        return false;
    }

    @Override
    public void kill() {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void startAgain() {
        if (!container.isRunning()) {
            container
                    .getDockerClient()
                    .startContainerCmd(container.getContainerId())
                    .exec();
        }
    }
}
