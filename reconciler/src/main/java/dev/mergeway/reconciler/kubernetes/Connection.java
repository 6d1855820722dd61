package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.kubernetes.ClusterAccess.Kubeconfig;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client library's client of a cluster. It reads certificates once: where the files of a kubeconfig were renewed after
 * the API server refused what they held, another one is made, so that nobody has to restart the service.
 */
final class Connection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** Requests that are under way on the former client end by themselves in this time. */
    private static final Duration LINGER = Duration.ofMinutes(1);

    private final ClusterAccess access;
    private volatile Opened opened;

    /**
     * A client.
     *
     * @param server where the API server is
     * @param files what it was made from, and when that was written
     */
    record Opened(KubernetesClient client, String server, Map<Path, FileTime> files) {
        HttpClient http() {
            return client.getHttpClient();
        }
    }

    Connection(ClusterAccess access) throws IOException {
        this.access = access;
        this.opened = open(access);
    }

    /** The client to use now. */
    Opened now() {
        return opened;
    }

    /** Whether there are other credentials by now than those that were refused. */
    synchronized boolean renewed(Opened refused) {
        if (opened != refused) {
            return true;
        }
        if (times(refused.files().keySet()).equals(refused.files())) {
            return false;
        }
        try {
            opened = open(access);
        } catch (IOException e) {
            LOG.warn("target {}: {}", access.name(), e.getMessage());
            return false;
        }
        LOG.info("target {}: its credentials were renewed", access.name());
        linger(refused.client());
        return true;
    }

    private static Opened open(ClusterAccess access) throws IOException {
        Config config = Logins.config(access);
        Set<Path> files = new HashSet<>();
        if (access.login() instanceof Kubeconfig kubeconfig) {
            add(files, kubeconfig.file().toString());
            add(files, config.getClientCertFile());
            add(files, config.getClientKeyFile());
            add(files, config.getCaCertFile());
        }
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new Vertx5HttpClientFactory())
                .withHttpClientBuilderConsumer(builder -> Logins.authorize(builder, access))
                .build();
        String server = client.getConfiguration().getMasterUrl().replaceAll("/+$", "");
        return new Opened(client, server, times(files));
    }

    private static void add(Set<Path> files, @Nullable String file) {
        if (file != null && !file.isEmpty()) {
            files.add(Path.of(file));
        }
    }

    private static Map<Path, FileTime> times(Iterable<Path> files) {
        Map<Path, FileTime> times = new HashMap<>();
        for (Path file : files) {
            try {
                times.put(file, Files.getLastModifiedTime(file));
            } catch (IOException e) {
                times.put(file, FileTime.fromMillis(0)); // being replaced at this moment
            }
        }
        return times;
    }

    private static void linger(KubernetesClient former) {
        Thread.startVirtualThread(() -> {
            try {
                Thread.sleep(LINGER);
            } catch (InterruptedException e) {
                throw new AssertionError("nobody knows this thread", e);
            }
            former.close();
        });
    }

    @Override
    public void close() {
        opened.client().close();
    }
}
