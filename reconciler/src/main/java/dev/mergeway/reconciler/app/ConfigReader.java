package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.app.ServerConfig.Database;
import dev.mergeway.reconciler.app.ServerConfig.ForgeConfig;
import dev.mergeway.reconciler.app.ServerConfig.GitHubApp;
import dev.mergeway.reconciler.app.ServerConfig.TargetConfig;
import dev.mergeway.reconciler.resource.Trees;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.schema.ServerContent;
import dev.mergeway.schema.SpecReader;
import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The server's configuration file to a configuration: checked by its schema, then for what a schema cannot say. */
public final class ConfigReader {
    /** What stands for a secret that nobody asked for. */
    private static final String UNREAD = "unread";

    private final Path base;
    private final Document document;
    private final Map<String, Object> spec;
    private final Function<String, @Nullable String> environment;
    private final boolean secret;
    private final List<Finding> findings;

    private ConfigReader(Path base, Document document, Function<String, @Nullable String> environment, boolean secret) {
        this.secret = secret;
        this.base = base;
        this.document = document;
        this.spec = Trees.mapping(document.root(), "/spec");
        this.environment = environment;
        this.findings = new ArrayList<>();
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
        return of(file, any -> UNREAD, false);
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
        ConfigReader reader = new ConfigReader(base, content.document().get(), environment, secret);
        ServerConfig config = reader.config();
        findings.addAll(reader.findings);
        boolean usable = findings.stream().noneMatch(Finding::isError);
        return new Read(usable ? Optional.of(config) : Optional.empty(), findings);
    }

    private ServerConfig config() {
        String listen = text("/listen", "127.0.0.1:8080");
        int colon = listen.lastIndexOf(':');
        String host = listen.substring(0, colon);
        int port = Integer.parseInt(listen.substring(colon + 1));
        if (port > 65_535) {
            wrong("/listen", "There is no port " + port + ".", "Ports go up to 65535.");
        }
        Path dataDir = path(text("/dataDir", "./data"));
        String publicUrl = text("/publicUrl", "http://" + (host.isEmpty() ? "127.0.0.1" : host) + ":" + port);
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
                interval(text("/reconcile/interval", "5m")),
                number("/reconcile/concurrency", 16));
    }

    private Database database(Path dataDir) {
        String url = text("/database/url", "jdbc:h2:file:" + dataDir.resolve("mergeway"));
        String file = "jdbc:h2:file:";
        if (url.startsWith(file)) {
            int end = url.indexOf(';');
            String path = url.substring(file.length(), end < 0 ? url.length() : end);
            url = file + path(path) + (end < 0 ? "" : url.substring(end));
        }
        return new Database(url, text("/database/user", ""), secret("/database/password"));
    }

    private List<ForgeConfig> forges() {
        List<ForgeConfig> forges = new ArrayList<>();
        for (int index = 0; index < size("/forges"); index++) {
            String at = "/forges/" + index;
            String type = text(at + "/type", "");
            String location = type.equals("local")
                    ? path(text(at + "/path", ".")).toString()
                    : text(at + "/url", "https://" + type + ".com").replaceAll("/+$", "");
            String key = secret(at + "/privateKey");
            GitHubApp app = key.isEmpty() ? null : new GitHubApp(text(at + "/appId", ""), key);
            String webhook = secret(at + "/webhookSecret");
            List<String> secrets = webhook.isEmpty() ? List.of() : List.of(webhook.split("\\s+"));
            forges.add(new ForgeConfig(text(at + "/name", ""), type, location, secret(at + "/token"), secrets, app));
        }
        unique("/forges", forges.stream().map(ForgeConfig::name).toList());
        return forges;
    }

    private List<RepositoryInfo> repositories(Set<String> forges) {
        List<RepositoryInfo> repositories = new ArrayList<>();
        for (int index = 0; index < size("/repositories"); index++) {
            String at = "/repositories/" + index;
            String forge = text(at + "/forge", "");
            if (!forges.contains(forge)) {
                wrong(
                        at + "/forge",
                        "No forge is called " + forge + ".",
                        "Forges here: " + String.join(", ", forges) + ".");
            }
            List<String> environments = new ArrayList<>();
            for (int each = 0; each < size(at + "/environments"); each++) {
                environments.add(text(at + "/environments/" + each, ""));
            }
            boolean platform = text(at + "/role", "team").equals("platform");
            repositories.add(new RepositoryInfo(
                    text(at + "/name", ""),
                    forge,
                    text(at + "/path", ""),
                    text(at + "/branch", "main"),
                    platform ? RepositoryInfo.Role.PLATFORM : RepositoryInfo.Role.TEAM,
                    text(at + "/team", ""),
                    environments));
        }
        unique("/repositories", repositories.stream().map(RepositoryInfo::name).toList());
        return repositories;
    }

    private List<TargetConfig> targets(List<RepositoryInfo> repositories) {
        ClusterReader clusters = new ClusterReader(this, repositories);
        List<TargetConfig> targets = new ArrayList<>();
        for (int index = 0; index < size("/targets"); index++) {
            String at = "/targets/" + index;
            String name = text(at + "/name", "");
            targets.add(
                    switch (text(at + "/type", "")) {
                        case "directory" -> new TargetConfig.Directory(name, path(text(at + "/path", ".")));
                        case "kubernetes" -> clusters.read(name, at);
                        default -> new TargetConfig.Aws(name, text(at + "/region", ""), text(at + "/endpoint", ""));
                    });
        }
        unique("/targets", targets.stream().map(TargetConfig::name).toList());
        return targets;
    }

    /** The file of a target's kubeconfig; null where it has none. */
    @Nullable
    Path kubeconfig(String at) {
        String file = text(at + "/kubeconfig/file", "");
        String variable = text(at + "/kubeconfig/env", "");
        if (!variable.isEmpty()) {
            String value = environment.apply(variable);
            if (value == null || value.isBlank()) {
                wrong(
                        at + "/kubeconfig",
                        "Environment variable " + variable + " is not set.",
                        "Set it to the kubeconfig's path.");
                return null;
            }
            return path(value);
        }
        return file.isEmpty() ? null : path(file);
    }

    private void unique(String pointer, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < names.size(); index++) {
            if (!seen.add(names.get(index))) {
                wrong(
                        pointer + "/" + index + "/name",
                        "The name " + names.get(index) + " is taken.",
                        "Give each another name.");
            }
        }
    }

    /** A secret from where the file says; "" where it says nothing. */
    String secret(String pointer) {
        String variable = text(pointer + "/env", "");
        String file = text(pointer + "/file", "");
        if (!variable.isEmpty()) {
            String value = environment.apply(variable);
            if (value == null || value.isEmpty()) {
                wrong(pointer, "Environment variable " + variable + " is not set.", "Set it to the secret.");
                return "";
            }
            return value;
        }
        if (file.isEmpty()) {
            return "";
        }
        try {
            return secret ? Files.readString(path(file)).strip() : UNREAD;
        } catch (IOException e) {
            wrong(
                    pointer,
                    "The secret's file " + file + " cannot be read.",
                    "Put the secret, and nothing else, into it.");
            return "";
        }
    }

    /** Notes what is wrong with the file. */
    void wrong(String pointer, String message, String hint) {
        findings.add(document.finding(Severity.ERROR, "/spec" + pointer, "server/wrong", message, hint));
    }

    /** The text at a pointer. */
    String text(String pointer, String otherwise) {
        Object value = Trees.at(spec, pointer);
        return value == null || value instanceof Map || value instanceof List ? otherwise : value.toString();
    }

    private int number(String pointer, int otherwise) {
        return Trees.at(spec, pointer) instanceof Number number ? number.intValue() : otherwise;
    }

    /** The length of the list at a pointer, 0 where there is none. */
    int size(String pointer) {
        return Trees.at(spec, pointer) instanceof List<?> list ? list.size() : 0;
    }

    /** A path as the file means it. */
    Path path(String text) {
        return base.resolve(text).normalize();
    }

    private URI url(String pointer, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            wrong(pointer, "This is no URL: " + text + ".", "Write it as https://mergeway.example.com.");
            return URI.create("http://127.0.0.1");
        }
    }

    /** Looking around without a pause would leave no time for anything else. */
    private Duration interval(String text) {
        return TimeSpan.of(text).filter(span -> !span.isZero()).orElseGet(() -> {
            wrong("/reconcile/interval", "This is no span of time: " + text + ".", "Write it as 5m or 1h30m.");
            return Duration.ofMinutes(5);
        });
    }
}
