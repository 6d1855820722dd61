package dev.mergeway.reconciler.kubernetes;

import java.nio.file.Path;

/** A running Kubernetes, wherever it came from. */
interface ControlPlane {
    /** Holds {@code kubeconfig} and {@code tokens.csv} of an administrator. */
    Path folder();

    /** Port of the API server on 127.0.0.1. */
    int port();

    /** Who vouches for the API server. */
    Path certificate();

    /** Whether pods are scheduled and get ready, on nodes that only pretend. */
    boolean simulatesNodes();

    /** Kills the API server, as a crash would; what it knew stays. */
    void kill();

    /** Starts the API server again, unless it runs; does not wait until it is ready. */
    void startAgain();

    /** The kubeconfig of an administrator, with a bearer token. */
    static String kubeconfig(int port, Path certificate, String token) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: test, cluster: {server: "https://127.0.0.1:%d", certificate-authority: "%s"}}]
                users: [{name: user, user: {token: "%s"}}]
                contexts: [{name: dev, context: {cluster: test, user: user}}]
                current-context: dev
                """.formatted(port, certificate, token);
    }
}
