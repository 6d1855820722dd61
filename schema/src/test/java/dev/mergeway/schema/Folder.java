package dev.mergeway.schema;

import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Expansion;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Metadata;
import dev.mergeway.schema.model.Positions;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder of specs as a test reads it. */
record Folder(Path root) implements dev.mergeway.schema.model.Files {
    @Override
    public Optional<byte[]> read(String path) {
        Path file = root.resolve(path);
        return Files.isRegularFile(file) ? Optional.of(bytes(file)) : Optional.empty();
    }

    @Override
    public List<String> below(String folder) {
        try (Stream<Path> found = Files.walk(root.resolve(folder))) {
            return found.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What each of its spec files holds, by name. */
    List<FileContent> contents(Catalogue catalogue) {
        SpecReader reader = new SpecReader(catalogue);
        return below("").stream()
                .filter(SpecReader::isSpecFile)
                .map(file -> reader.read(file, bytes(root.resolve(file))))
                .toList();
    }

    /** What a file expands to in an environment. */
    Expanded expand(Catalogue catalogue, Environment environment, String below) {
        List<Spec> specs = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (FileContent content : contents(catalogue)) {
            if (content.file().startsWith(below)) {
                specs.addAll(content.specs());
                content.environments().forEach(each -> specs.add(each.spec()));
                findings.addAll(content.findings());
            }
        }
        Expansion expansion = new Expander(catalogue).expand(environment, specs, this);
        findings.addAll(expansion.findings());
        return new Expanded(expansion.resources(), findings);
    }

    /** An environment of tier dev with both providers, declared nowhere. */
    static Environment environment(String name) {
        Map<String, Object> body = Map.of("tier", "dev", "targets", Map.of("kubernetes", "local", "aws", "local"));
        Map<String, Object> root = Map.of(
                "apiVersion", "mergeway.dev/v1", "kind", "Environment", "metadata", Map.of("name", name), "spec", body);
        Document document = new Document("environment.yaml", 0, root, Positions.NONE);
        Metadata metadata = new Metadata(name, null, "shop", Map.of(), Map.of());
        Spec spec = new Spec("Environment", metadata, body, document, Map.of());
        return new Environment(spec, Tier.DEV, Map.of("kubernetes", "local", "aws", "local"));
    }
}
