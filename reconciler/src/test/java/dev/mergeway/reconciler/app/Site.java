package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.git.PlainGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The folder of one running service: its configuration, its bare repositories, its live folder. The platform repository is
 * {@code platform}; team repositories are {@code t1} to {@code tN} and may each name environments that begin with their
 * name, so that every test has one to itself.
 */
final class Site implements AutoCloseable {
    private final Path folder;
    private final int teams;
    private final int port;
    private final Starter starter;
    private Running service;
    private int used;

    private Site(Path folder, int teams, int port, Starter starter) throws Exception {
        this.folder = folder;
        this.teams = teams;
        this.port = port;
        this.starter = starter;
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("server.yaml"), config());
        this.service = starter.start(folder.resolve("server.yaml"));
    }

    /** Starts the service of a configuration. */
    interface Starter {
        Running start(Path config) throws Exception;
    }

    /** A service that runs. */
    interface Running extends AutoCloseable {
        int port();

        @Override
        void close();
    }

    /** Boots the real wiring in a folder. */
    static Site start(Path folder, int teams) throws Exception {
        return new Site(folder, teams, 0, Site::boot);
    }

    /** Runs the service in another way than in this process, which must know its port beforehand. */
    static Site start(Path folder, int teams, int port, Starter starter) throws Exception {
        return new Site(folder, teams, port, starter);
    }

    private String config() {
        String repositories = IntStream.rangeClosed(1, teams)
                .mapToObj(
                        "    - { name: t%1$d, forge: here, path: acme/t%1$d, role: team, team: t%1$d, environments: [\"t%1$d-*\"] }"
                                ::formatted)
                .collect(Collectors.joining("\n"));
        return """
                apiVersion: mergeway.dev/v1
                kind: Server
                spec:
                  listen: 127.0.0.1:%d
                  dataDir: ./data
                  forges:
                    - { name: here, type: local, path: ./repos }
                  repositories:
                    - { name: platform, forge: here, path: acme/platform, role: platform }
                %s
                  targets:
                    - { name: local, type: directory, path: ./live }
                    - { name: other, type: directory, path: ./other }
                  reconcile: { interval: 1h, concurrency: 4 }
                """.formatted(port, repositories);
    }

    private static Running boot(Path config) throws Exception {
        ConfigReader.Read read = ConfigReader.read(config, name -> null);
        Service service = Service.start(
                read.config().orElseThrow(() -> new IOException(read.findings().toString())));
        return new Running() {
            @Override
            public int port() {
                return service.port();
            }

            @Override
            public void close() {
                service.close();
            }
        };
    }

    /** Stops the service and starts it again; between the two something may happen. */
    void restart(Between between) throws Exception {
        service.close();
        between.happens();
        service = starter.start(folder.resolve("server.yaml"));
    }

    /** What happens while the service is down. */
    interface Between {
        void happens() throws Exception;
    }

    /** Deletes the database, as one that was lost. */
    void loseDatabase() throws IOException {
        try (var files = Files.list(folder.resolve("data"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.getFileName().toString().startsWith("mergeway.")) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The API of the service as it runs now. */
    Api api() {
        return new Api(service.port());
    }

    /** A team repository that nobody has used yet, cloned. */
    Shop shop() throws IOException {
        if (used == teams) {
            throw new IllegalStateException("start the site with more teams");
        }
        return clone("t" + ++used, "a");
    }

    /** Another clone of a repository. */
    Shop clone(String repository, String suffix) throws IOException {
        Path bare = folder.resolve("repos/acme/" + repository + ".git");
        PlainGit git = PlainGit.clone(bare, folder.resolve("clones/" + repository + "-" + suffix));
        return new Shop(this, repository, git, bare);
    }

    /** Files of an environment in the live folder, sorted. */
    List<String> live(String environment) throws IOException {
        return files("live", environment);
    }

    /** Files of an environment in the folder of the target {@code other}, sorted. */
    List<String> other(String environment) throws IOException {
        return files("other", environment);
    }

    private List<String> files(String target, String environment) throws IOException {
        Path live = folder.resolve(target).resolve(environment);
        if (!Files.isDirectory(live)) {
            return List.of();
        }
        try (var files = Files.list(live)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") && !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** A live file. */
    Path file(String environment, String name) {
        return folder.resolve("live").resolve(environment).resolve(name);
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        service.close();
    }
}
