package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.app.ServerConfig.TargetConfig;
import dev.mergeway.reconciler.kubernetes.ClusterAccess.Impersonation;
import dev.mergeway.reconciler.kubernetes.ClusterAccess.InCluster;
import dev.mergeway.reconciler.kubernetes.ClusterAccess.Kubeconfig;
import dev.mergeway.reconciler.kubernetes.ClusterAccess.Login;
import dev.mergeway.reconciler.kubernetes.ClusterAccess.Token;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A target of type kubernetes, as the configuration has it: how to log in, and as whom to act for which repository. */
final class ClusterReader {
    /** Stands for the team of the repository in names of users and groups. */
    private static final String TEAM = "${team}";

    private final ConfigFile config;
    private final List<RepositoryInfo> repositories;

    ClusterReader(ConfigFile config, List<RepositoryInfo> repositories) {
        this.config = config;
        this.repositories = repositories;
    }

    /** Reads the target at a pointer. */
    TargetConfig read(String name, String at) {
        return new TargetConfig.Kubernetes(name, login(at), actors(at + "/impersonate"));
    }

    private Login login(String at) {
        String server = config.text(at + "/server", "");
        if (!server.isEmpty()) {
            Path authority = config.path(config.text(at + "/certificateAuthority", ""));
            return new Token(server.replaceAll("/+$", ""), authority, token(at + "/token"));
        }
        Path kubeconfig = kubeconfig(at);
        return kubeconfig == null ? new InCluster() : new Kubeconfig(kubeconfig, config.text(at + "/context", ""));
    }

    /** The file of a target's kubeconfig; null where it has none. */
    private @Nullable Path kubeconfig(String at) {
        String file = config.text(at + "/kubeconfig/file", "");
        String variable = config.text(at + "/kubeconfig/env", "");
        if (!variable.isEmpty()) {
            String value = config.variable(variable);
            if (value == null || value.isBlank()) {
                config.wrong(
                        at + "/kubeconfig",
                        "Environment variable " + variable + " is not set.",
                        "Set it to the kubeconfig's path.");
                return null;
            }
            return config.path(value);
        }
        return file.isEmpty() ? null : config.path(file);
    }

    /** A file is read again each time, since tokens in files are mostly short-lived ones that somebody renews. */
    private Supplier<String> token(String at) {
        String now = config.secret(at);
        String file = config.text(at + "/file", "");
        return file.isEmpty() ? () -> now : () -> read(config.path(file));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException("the token cannot be read: " + e));
        }
    }

    /** Whom to act as, by repository. The platform's own repositories act as Mergeway itself. */
    private Map<String, Impersonation> actors(String at) {
        String user = config.text(at + "/user", "");
        if (user.isEmpty()) {
            return Map.of();
        }
        List<String> groups = config.texts(at + "/groups");
        boolean byTeam = user.contains(TEAM) || groups.stream().anyMatch(group -> group.contains(TEAM));
        Map<String, Impersonation> actors = new HashMap<>();
        for (RepositoryInfo info : repositories) {
            if (info.role() == RepositoryInfo.Role.PLATFORM) {
                continue;
            }
            if (byTeam && info.team().isEmpty()) {
                config.wrong(
                        at,
                        "Repository " + info.name() + " has no team, whose rights it would have here.",
                        "Give the repository a team.");
            }
            List<String> named = groups.stream()
                    .map(group -> group.replace(TEAM, info.team()))
                    .toList();
            actors.put(info.name(), new Impersonation(user.replace(TEAM, info.team()), named));
        }
        return actors;
    }
}
