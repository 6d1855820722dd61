package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.kubernetes.ClusterAccess.InCluster;
import dev.mergeway.reconciler.kubernetes.ClusterAccess.Kubeconfig;
import dev.mergeway.reconciler.kubernetes.ClusterAccess.Token;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Access to a cluster → the client library's configuration. */
final class Logins {
    /** Where a pod finds its service account, as documented by Kubernetes ("Accessing the API from within a Pod"). */
    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private Logins() {}

    /**
     * What the client library needs; its own retries are off, since ours know what may be repeated.
     *
     * @throws IOException if a file cannot be read or makes no sense
     */
    static Config config(ClusterAccess access) throws IOException {
        Config config = switch (access.login()) {
            case Kubeconfig kubeconfig -> kubeconfig(kubeconfig);
            case InCluster _ -> inCluster();
            case Token token ->
                new ConfigBuilder(Config.empty())
                        .withMasterUrl(token.server())
                        .withCaCertFile(token.authority().toString())
                        .build();
        };
        config.setRequestRetryBackoffLimit(0);
        config.setMaxConcurrentRequests(access.concurrency() + 256);
        config.setMaxConcurrentRequestsPerHost(access.concurrency() + 256);
        if (!access.as().user().isEmpty()) {
            config.setImpersonateUsername(access.as().user());
            config.setImpersonateGroups(access.as().groups().toArray(String[]::new));
        }
        return config;
    }

    /**
     * Has every request carry the token as it is by then. The client library's own way answers a 401 by asking again with
     * what may be the same token, and by resetting a connection that the second request is on already (fabric8 8.0, Vert.x
     * 5.1): that one fails in turn, twice, and the second failure is logged as "Promise already completed".
     */
    static void authorize(HttpClient.Builder client, ClusterAccess access) {
        Optional<Supplier<String>> tokens = switch (access.login()) {
            case Kubeconfig _ -> Optional.empty(); // as kubectl would, plugins included
            case InCluster _ -> Optional.of(Logins::accountToken);
            case Token token -> Optional.of(token.token());
        };
        tokens.ifPresent(token -> client.addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, new Bearer(token)));
    }

    private record Bearer(Supplier<String> token) implements Interceptor {
        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            builder.setHeader("Authorization", "Bearer " + token.get());
        }
    }

    private static Config kubeconfig(Kubeconfig login) throws IOException {
        String text = Files.readString(login.file());
        String context = login.context();
        try {
            return Config.fromKubeconfig(
                    context.isEmpty() ? null : context, text, login.file().toString());
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw new IOException("the kubeconfig " + login.file() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static Config inCluster() throws IOException {
        String host = System.getenv("KUBERNETES_SERVICE_HOST");
        if (host == null || !Files.isReadable(ACCOUNT.resolve("token"))) {
            throw new IOException("not in a cluster: no service account at " + ACCOUNT);
        }
        String port = Objects.requireNonNullElse(System.getenv("KUBERNETES_SERVICE_PORT"), "443");
        String address = host.contains(":") ? "[" + host + "]" : host;
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + address + ":" + port)
                .withCaCertFile(ACCOUNT.resolve("ca.crt").toString())
                .build();
    }

    /** Read each time: the kubelet rotates it. */
    private static String accountToken() {
        try {
            return Files.readString(ACCOUNT.resolve("token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException("the token of our service account cannot be read: " + e));
        }
    }
}
