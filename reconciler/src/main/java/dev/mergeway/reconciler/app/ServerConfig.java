package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.kubernetes.ClusterAccess;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server's configuration, checked; paths are absolute, secrets are read.
 *
 * @param host where it listens
 * @param port 0 for any free one
 * @param publicUrl how people reach it, without a slash at the end
 * @param dataDir where it keeps its clones and its database
 * @param database where it remembers
 * @param forges where pull requests live
 * @param repositories what it follows
 * @param targets what it changes
 * @param interval how often it looks for what it missed
 * @param concurrency runs at once
 */
public record ServerConfig(
        String host,
        int port,
        URI publicUrl,
        Path dataDir,
        Database database,
        List<ForgeConfig> forges,
        List<RepositoryInfo> repositories,
        List<TargetConfig> targets,
        Duration interval,
        int concurrency) {
    public ServerConfig {
        forges = List.copyOf(forges);
        repositories = List.copyOf(repositories);
        targets = List.copyOf(targets);
    }

    /** A JDBC database. */
    public record Database(String url, String user, String password) {}

    /**
     * A forge.
     *
     * @param name its name
     * @param type {@code github gitlab gitea local}
     * @param location its URL, or for a local one its folder
     * @param token to call it with, "" for none
     * @param webhookSecrets any of which may sign a delivery
     * @param app a GitHub App, null where a token is used
     */
    public record ForgeConfig(
            String name,
            String type,
            String location,
            String token,
            List<String> webhookSecrets,
            @Nullable GitHubApp app) {
        public ForgeConfig {
            webhookSecrets = List.copyOf(webhookSecrets);
        }

        @Override
        public String toString() {
            return "ForgeConfig[" + name + ", " + type + ", " + location + ", secrets masked]";
        }
    }

    /** A GitHub App by its id and its private key in PEM. */
    public record GitHubApp(String id, String privateKey) {
        @Override
        public String toString() {
            return "GitHubApp[" + id + ", key masked]";
        }
    }

    /** A target. */
    public sealed interface TargetConfig {
        /** Its name. */
        String name();

        /** A folder of YAML files. */
        record Directory(String name, Path path) implements TargetConfig {}

        /**
         * A cluster.
         *
         * @param login where it is and who we are there
         * @param as whom to act as for the specs of a repository, by its name; ourselves for any other
         */
        record Kubernetes(String name, ClusterAccess.Login login, Map<String, ClusterAccess.Impersonation> as)
                implements TargetConfig {
            public Kubernetes {
                as = Map.copyOf(as);
            }
        }

        /** An AWS account. */
        record Aws(String name, String region, String endpoint) implements TargetConfig {}
    }
}
