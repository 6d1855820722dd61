package dev.mergeway.reconciler.bench;

import dev.mergeway.reconciler.git.JGitRepository;
import dev.mergeway.reconciler.git.OriginRepository;
import dev.mergeway.reconciler.port.BareRepository.Author;
import dev.mergeway.reconciler.port.RepositoryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A service's folder with one repository of small specs: its configuration, the bare repository, the target's folder.
 *
 * @param folder where everything is
 * @param specs how many specs
 * @param environments over how many environments they are spread
 */
record SpecRepository(Path folder, int specs, int environments) {
    private static final int PER_FOLDER = 50;

    /** Makes the configuration and the first commit. */
    void make() throws IOException, RepositoryException {
        Files.createDirectories(folder);
        Files.writeString(config(), """
                apiVersion: mergeway.dev/v1
                kind: Server
                spec:
                  listen: 127.0.0.1:0
                  dataDir: ./data
                  forges: [ { name: here, type: local, path: ./repos } ]
                  repositories: [ { name: all, forge: here, path: acme/all, branch: main, role: platform } ]
                  targets: [ { name: local, type: directory, path: ./live } ]
                """);
        try (OriginRepository repository = open()) {
            String commit = repository.write("", files(), author(), "Begin");
            repository.point("refs/heads/main", Optional.empty(), Optional.of(commit));
        }
    }

    /** Writes the files into a folder of plain files instead. */
    void unpack(Path into) throws IOException {
        for (Map.Entry<String, Optional<byte[]>> file : files().entrySet()) {
            Path path = into.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue().orElseThrow());
        }
    }

    private Map<String, Optional<byte[]>> files() {
        Map<String, Optional<byte[]>> files = new LinkedHashMap<>();
        for (int number = 0; number < environments; number++) {
            files.put(environment(number) + "/environment.yaml", bytes("""
                    apiVersion: mergeway.dev/v1
                    kind: Environment
                    metadata: { name: %s }
                    spec: { tier: dev, targets: { kubernetes: local } }
                    """.formatted(environment(number))));
        }
        for (int number = 0; number < specs; number++) {
            files.put(path(number), bytes(spec(number, "1.0.0")));
        }
        return files;
    }

    Path config() {
        return folder.resolve("server.yaml");
    }

    OriginRepository open() throws RepositoryException {
        return JGitRepository.origin("all", folder.resolve("repos/acme/all.git"), "main");
    }

    /** Name of an environment, and of its folder. */
    String environment(int number) {
        return String.format("env-%04d", number);
    }

    private String environmentOf(int spec) {
        return environment(spec % environments);
    }

    /** Where a spec stands. */
    String path(int spec) {
        return String.format("%s/part-%03d/app-%05d.yaml", environmentOf(spec), spec / environments / PER_FOLDER, spec);
    }

    /** The live file of a spec's Deployment. */
    Path live(int spec) {
        return folder.resolve("live")
                .resolve(environmentOf(spec))
                .resolve(String.format("deployment.apps-app-%05d.yaml", spec));
    }

    /** The text of a spec whose image has this tag. */
    String spec(int number, String tag) {
        return """
                apiVersion: mergeway.dev/v1
                kind: Deployment
                metadata: { name: app-%05d }
                spec:
                  containers:
                    main: { image: "registry.example.com/app:%s", resources: { requests: { cpu: 10m, memory: 32Mi }, limits: { memory: 64Mi } } }
                """.formatted(number, tag);
    }

    /** A commit on a parent that changes one spec; no branch moves. */
    String commit(OriginRepository repository, String parent, int spec, String tag) throws RepositoryException {
        Map<String, Optional<byte[]>> change = Map.of(path(spec), bytes(spec(spec, tag)));
        return repository.write(parent, change, author(), "Set " + path(spec) + " to " + tag);
    }

    private static Optional<byte[]> bytes(String text) {
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Author author() {
        return new Author("Sam Developer", "sam@example.com", Instant.now());
    }
}
