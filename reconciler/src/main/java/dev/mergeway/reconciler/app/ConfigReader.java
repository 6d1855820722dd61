package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.app.ServerConfig.Database;
import dev.mergeway.reconciler.app.ServerConfig.ForgeConfig;
import dev.mergeway.reconciler.app.ServerConfig.GitHubApp;
import dev.mergeway.reconciler.app.ServerConfig.TargetConfig;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.schema.ServerContent;
import dev.mergeway.schema.SpecReader;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.TimeSpan;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The server's configuration file to a configuration: checked by its schema, then for what a schema cannot say. */
public final class ConfigReader {
    private final ConfigFile file;

    private ConfigReader(ConfigFile file) {
        this.file = file;
    }

    /**
     * A configuration, or what is wrong with the file.
     *
     * @param config empty where a finding is an error
     * @param findings what is wrong
     */
    public record Read(Optional<ServerConfig> config, List<Finding> findings) {}

    /**
     * Reads a configuration file.
     *
     * @param file the file; relative paths in it are relative to its folder
     * @param environment environment variables by name
     * @throws IOException if the file cannot be read
     */
    public static Read read(Path file, Function<String, @Nullable String> environment) throws IOException {
        return of(file, environment, true);
    }

    /**
     * Reads a configuration file for what it says of repositories, where its secrets are not at hand: they are neither
     * looked for nor in the configuration.
     *
     * @throws IOException if the file cannot be read
     */
    public static Read withoutSecrets(Path file) throws IOException {
        return of(file, any -> ConfigFile.UNREAD, false);
    }

    /** @param secret whether files of secrets are read */
    private static Read of(Path file, Function<String, @Nullable String> environment, boolean secret)
            throws IOException {
        ServerContent content = SpecReader.readServer(file.toString(), Files.readAllBytes(file));
        List<Finding> findings = new ArrayList<>(content.findings());
        if (content.document().isEmpty() || findings.stream().anyMatch(Finding::isError)) {
            return new Read(Optional.empty(), findings);
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path base = folder == null ? Path.of("/") : folder;
        ConfigFile values = new ConfigFile(base, content.document().get(), environment, secret);
        ServerConfig config = new ConfigReader(values).config();
        findings.addAll(values.findings());
        boolean usable = findings.stream().noneMatch(Finding::isError);
        return new Read(usable ? Optional.of(config) : Optional.empty(), findings);
    }

    private ServerConfig config() {
        String listen = file.text("/listen", "127.0.0.1:8080");
        int colon = listen.lastIndexOf(':');
        String host = listen.substring(0, colon);
        int port = Integer.parseInt(listen.substring(colon + 1));
        if (port > 65_535) {
            file.wrong("/listen", "There is no port " + port + ".", "Ports go up to 65535.");
        }
        Path dataDir = file.path(file.text("/dataDir", "./data"));
        String publicUrl = file.text("/publicUrl", "http://" + (host.isEmpty() ? "127.0.0.1" : host) + ":" + port);
        List<ForgeConfig> forges = forges();
        Set<String> names = new HashSet<>();
        forges.forEach(forge -> names.add(forge.name()));
        List<RepositoryInfo> repositories = repositories(names);
        List<TargetConfig> targets = targets(repositories);
        return new ServerConfig(
                host.isEmpty() ? "0.0.0.0" : host,
                port,
                url("/publicUrl", publicUrl.replaceAll("/+$", "")),
                dataDir,
                database(dataDir),
                forges,
                repositories,
                targets,
                interval(file.text("/reconcile/interval", "5m")),
                file.number("/reconcile/concurrency", 16));
    }

    private Database database(Path dataDir) {
        String url = file.text("/database/url", "jdbc:h2:file:" + dataDir.resolve("mergeway"));
        String h2 = "jdbc:h2:file:";
        if (url.startsWith(h2)) {
            int end = url.indexOf(';');
            String path = url.substring(h2.length(), end < 0 ? url.length() : end);
            url = h2 + file.path(path) + (end < 0 ? "" : url.substring(end));
        }
        return new Database(url, file.text("/database/user", ""), file.secret("/database/password"));
    }

    private List<ForgeConfig> forges() {
        List<ForgeConfig> forges = new ArrayList<>();
        for (int index = 0; index < file.size("/forges"); index++) {
            String at = "/forges/" + index;
            String type = file.text(at + "/type", "");
            String location = type.equals("local")
                    ? file.path(file.text(at + "/path", ".")).toString()
                    : file.text(at + "/url", "https://" + type + ".com").replaceAll("/+$", "");
            String key = file.secret(at + "/privateKey");
            GitHubApp app = key.isEmpty() ? null : new GitHubApp(file.text(at + "/appId", ""), key);
            String webhook = file.secret(at + "/webhookSecret");
            List<String> secrets = webhook.isEmpty() ? List.of() : List.of(webhook.split("\\s+"));
            forges.add(new ForgeConfig(
                    file.text(at + "/name", ""), type, location, file.secret(at + "/token"), secrets, app));
        }
        unique("/forges", forges.stream().map(ForgeConfig::name).toList());
        return forges;
    }

    private List<RepositoryInfo> repositories(Set<String> forges) {
        List<RepositoryInfo> repositories = new ArrayList<>();
        for (int index = 0; index < file.size("/repositories"); index++) {
            String at = "/repositories/" + index;
            String forge = file.text(at + "/forge", "");
            if (!forges.contains(forge)) {
                file.wrong(
                        at + "/forge",
                        "No forge is called " + forge + ".",
                        "Forges here: " + String.join(", ", forges) + ".");
            }
            boolean platform = file.text(at + "/role", "team").equals("platform");
            repositories.add(new RepositoryInfo(
                    file.text(at + "/name", ""),
                    forge,
                    file.text(at + "/path", ""),
                    file.text(at + "/branch", "main"),
                    platform ? RepositoryInfo.Role.PLATFORM : RepositoryInfo.Role.TEAM,
                    file.text(at + "/team", ""),
                    file.texts(at + "/environments")));
        }
        unique("/repositories", repositories.stream().map(RepositoryInfo::name).toList());
        return repositories;
    }

    private List<TargetConfig> targets(List<RepositoryInfo> repositories) {
        ClusterReader clusters = new ClusterReader(file, repositories);
        List<TargetConfig> targets = new ArrayList<>();
        for (int index = 0; index < file.size("/targets"); index++) {
            String at = "/targets/" + index;
            String name = file.text(at + "/name", "");
            targets.add(
                    switch (file.text(at + "/type", "")) {
                        case "directory" -> new TargetConfig.Directory(name, file.path(file.text(at + "/path", ".")));
                        case "kubernetes" -> clusters.read(name, at);
                        default ->
                            new TargetConfig.Aws(name, file.text(at + "/region", ""), file.text(at + "/endpoint", ""));
                    });
        }
        unique("/targets", targets.stream().map(TargetConfig::name).toList());
        return targets;
    }

    private void unique(String pointer, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < names.size(); index++) {
            if (!seen.add(names.get(index))) {
                file.wrong(
                        pointer + "/" + index + "/name",
                        "The name " + names.get(index) + " is taken.",
                        "Give each another name.");
            }
        }
    }

    private URI url(String pointer, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            file.wrong(pointer, "This is no URL: " + text + ".", "Write it as https://mergeway.example.com.");
            return URI.create("http://127.0.0.1");
        }
    }

    /** Looking around without a pause would leave no time for anything else. */
    private Duration interval(String text) {
        return TimeSpan.of(text).filter(span -> !span.isZero()).orElseGet(() -> {
            file.wrong("/reconcile/interval", "This is no span of time: " + text + ".", "Write it as 5m or 1h30m.");
            return Duration.ofMinutes(5);
        });
    }
}
