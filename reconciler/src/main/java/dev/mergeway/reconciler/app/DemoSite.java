package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.git.JGitRepository;
import dev.mergeway.reconciler.git.OriginRepository;
import dev.mergeway.reconciler.port.BareRepository.Author;
import dev.mergeway.reconciler.port.RepositoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of a demo: its configuration, its repositories seeded from the examples, its live folder.
 *
 * @param folder the folder
 * @param port port of the pages
 */
record DemoSite(Path folder, int port) {
    static final Author SOMEBODY = new Author("Sam Developer", "sam@example.com", Instant.EPOCH);

    /** Repositories of the demo, by folder of the examples. */
    static final List<String> REPOSITORIES = List.of("platform", "shop");

    /**
     * Makes what is missing.
     *
     * @throws IOException if that cannot be, or the folder is somebody else's; the message says so
     */
    void seed() throws IOException, RepositoryException {
        Path examples = examples();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException(folder + " is no folder. Give another one with --dir.");
        }
        Files.createDirectories(folder);
        String example = Files.readString(examples.resolve("server.yaml"));
        if (Files.exists(config()) && !begin(Files.readString(config())).equals(begin(example))) {
            throw new IOException(
                    config() + " is not the demo's, so nothing is done there. Give another folder with --dir.");
        }
        Files.writeString(config(), example.replace("127.0.0.1:8080", "127.0.0.1:" + port));
        for (String name : REPOSITORIES) {
            try (OriginRepository repository = open(name)) {
                if (repository.head("main").isEmpty()) {
                    Map<String, Optional<byte[]>> files = files(examples.resolve(name));
                    Author author = new Author(SOMEBODY.name(), SOMEBODY.email(), Instant.now());
                    String commit = repository.write("", files, author, "Begin with the examples");
                    repository.point("refs/heads/main", Optional.empty(), Optional.of(commit));
                }
            }
        }
    }

    /** The first line, which says whose it is. */
    private static String begin(String text) {
        return text.lines().findFirst().orElse("");
    }

    Path config() {
        return folder.resolve("server.yaml");
    }

    Path bare(String name) {
        return folder.resolve("repos").resolve("acme").resolve(name + ".git");
    }

    OriginRepository open(String name) throws RepositoryException {
        return JGitRepository.origin(name, bare(name), "main");
    }

    Path live() {
        return folder.resolve("live");
    }

    private static Path examples() throws IOException {
        Path home = Path.of(System.getProperty("mergeway.home", "."));
        Path examples = home.resolve("examples");
        if (!Files.isDirectory(examples)) {
            throw new IOException("The examples are not in " + examples.toAbsolutePath()
                    + ". Run ./mergeway of the repository, or set -Dmergeway.home to its folder.");
        }
        return examples;
    }

    private static Map<String, Optional<byte[]>> files(Path folder) throws IOException {
        Map<String, Optional<byte[]>> files = new LinkedHashMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile).sorted()::iterator) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                files.put(name, Optional.of(Files.readAllBytes(path)));
            }
        }
        return files;
    }
}
