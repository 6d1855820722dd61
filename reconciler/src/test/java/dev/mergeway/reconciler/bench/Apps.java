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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A service's folder with one repository whose specs go to a cluster: its configuration, and a bare repository with two
 * blueprints. {@code App} makes the four objects of flux-benchmark (a Deployment scaled to 0, a Service, a ServiceAccount, a
 * HorizontalPodAutoscaler), {@code Note} one ConfigMap.
 *
 * @param folder where everything is
 * @param kubeconfig of the cluster
 */
record Apps(Path folder, Path kubeconfig) {
    /** Collections of the four kinds that an app makes, in a namespace. */
    static final List<String> COLLECTIONS = List.of(
            "/api/v1/namespaces/%s/serviceaccounts",
            "/apis/apps/v1/namespaces/%s/deployments",
            "/api/v1/namespaces/%s/services",
            "/apis/autoscaling/v2/namespaces/%s/horizontalpodautoscalers");

    private static final String BLUEPRINTS = """
            apiVersion: mergeway.dev/v1
            kind: Blueprint
            metadata: { name: app, version: 1.0.0, team: bench }
            spec:
              provides: { kind: App }
              parameters:
                type: object
                description: An app that sleeps.
                additionalProperties: false
                properties: { tag: { type: string, default: 1.0.0, description: Tag of its image., examples: [1.0.0] } }
              resources:
                account:
                  kubernetes: { apiVersion: v1, kind: ServiceAccount, metadata: { name: "${metadata.name}" }, automountServiceAccountToken: false }
                deployment:
                  kubernetes:
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: { name: "${metadata.name}" }
                    spec:
                      replicas: 0
                      selector: { matchLabels: { app: "${metadata.name}" } }
                      template:
                        metadata: { labels: { app: "${metadata.name}" } }
                        spec:
                          serviceAccountName: ${metadata.name}
                          containers: [ { name: main, image: "${'registry.example.com/app:' + params.tag}", ports: [ { containerPort: 8080 } ] } ]
                service:
                  kubernetes:
                    apiVersion: v1
                    kind: Service
                    metadata: { name: "${metadata.name}" }
                    spec: { selector: { app: "${metadata.name}" }, ports: [ { port: 80, targetPort: 8080 } ] }
                autoscaler:
                  kubernetes:
                    apiVersion: autoscaling/v2
                    kind: HorizontalPodAutoscaler
                    metadata: { name: "${metadata.name}" }
                    spec:
                      scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: "${metadata.name}" }
                      minReplicas: 1
                      maxReplicas: 3
              examples: [ { params: {} } ]
            ---
            apiVersion: mergeway.dev/v1
            kind: Blueprint
            metadata: { name: note, version: 1.0.0, team: bench }
            spec:
              provides: { kind: Note }
              parameters:
                type: object
                description: A text.
                additionalProperties: false
                properties: { tag: { type: string, default: 1.0.0, description: The text., examples: [1.0.0] } }
              resources:
                note:
                  kubernetes: { apiVersion: v1, kind: ConfigMap, metadata: { name: "${metadata.name}" }, data: { text: "${params.tag}" } }
              examples: [ { params: {} } ]
            """;

    /** Makes the configuration and the first commit, which has the blueprints alone. */
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
                  targets: [ { name: cluster, type: kubernetes, kubeconfig: { file: "%s" } } ]
                """.formatted(kubeconfig));
        try (OriginRepository repository = open()) {
            String commit = repository.write("", Map.of("blueprints.yaml", bytes(BLUEPRINTS)), author(), "Begin");
            repository.point("refs/heads/main", Optional.empty(), Optional.of(commit));
        }
    }

    Path config() {
        return folder.resolve("server.yaml");
    }

    OriginRepository open() throws RepositoryException {
        return JGitRepository.origin("all", folder.resolve("repos/acme/all.git"), "main");
    }

    /** A commit on main's tip with an environment and so many specs of a kind in it; no branch moves. */
    String commit(OriginRepository repository, String environment, String kind, int count) throws RepositoryException {
        Map<String, Optional<byte[]>> files = new LinkedHashMap<>();
        files.put(environment + "/environment.yaml", bytes("""
                apiVersion: mergeway.dev/v1
                kind: Environment
                metadata: { name: %s }
                spec: { tier: dev, targets: { kubernetes: cluster } }
                """.formatted(environment)));
        for (int number = 0; number < count; number++) {
            files.put(path(environment, number), bytes(spec(kind, number, "1.0.0")));
        }
        String main = repository.head("main").orElseThrow();
        return repository.write(main, files, author(), "Add " + environment);
    }

    /** A commit on main's tip that changes one spec; no branch moves. */
    String change(OriginRepository repository, String environment, String kind, int number, String tag)
            throws RepositoryException {
        Map<String, Optional<byte[]>> change = Map.of(path(environment, number), bytes(spec(kind, number, tag)));
        String main = repository.head("main").orElseThrow();
        return repository.write(main, change, author(), "Set " + name(number) + " to " + tag);
    }

    /** Moves main to a commit. */
    static void merge(OriginRepository repository, String commit) throws RepositoryException {
        repository.point("refs/heads/main", repository.head("main"), Optional.of(commit));
    }

    /** What an app is called, and everything that it makes. */
    static String name(int number) {
        return String.format(Locale.ROOT, "app-%05d", number);
    }

    private static String path(String environment, int number) {
        return environment + "/" + number / 100 + "/" + name(number) + ".yaml";
    }

    private static String spec(String kind, int number, String tag) {
        return "apiVersion: mergeway.dev/v1\nkind: %s\nmetadata: { name: %s }\nspec: { tag: \"%s\" }\n"
                .formatted(kind, name(number), tag);
    }

    private static Optional<byte[]> bytes(String text) {
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Author author() {
        return new Author("Sam Developer", "sam@example.com", Instant.now());
    }
}
