package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.document.DocumentReader;
import dev.mergeway.schema.document.Documents;
import dev.mergeway.schema.document.Limits;
import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Specs, environments and blueprints from YAML, without the checks of the real reader. */
public final class Fixtures {
    private Fixtures() {}

    /** The blueprints below test-blueprints, on top of nothing. */
    public static Catalogue catalogue(String... names) {
        List<Blueprint> blueprints = new ArrayList<>();
        for (String name : names) {
            blueprints.add(blueprint(resource("/test-blueprints/" + name + ".yaml")));
        }
        Catalogue.Loaded loaded = Catalogue.empty().with(blueprints);
        if (!loaded.findings().isEmpty()) {
            throw new AssertionError(loaded.findings());
        }
        return loaded.catalogue();
    }

    /** All test blueprints. */
    public static Catalogue catalogue() {
        return catalogue("web", "database", "queue");
    }

    /** The blueprint of a document. */
    public static Blueprint blueprint(String yaml) {
        return BlueprintReader.of(documents("blueprint.yaml", yaml).getFirst());
    }

    /** Findings of loading one blueprint. */
    static List<Finding> findings(String yaml) {
        return Catalogue.empty().with(List.of(blueprint(yaml))).findings();
    }

    /** Specs as they stand in a file. */
    public static List<Spec> specs(String file, String yaml) {
        return documents(file, yaml).stream()
                .map(document -> Spec.of(String.valueOf(document.root().get("kind")), document))
                .toList();
    }

    /** An environment with targets for Kubernetes and AWS. */
    public static Environment environment(String name) {
        return environment(name, Map.of("kubernetes", "dev", "aws", "sandbox"));
    }

    /** An environment with the targets. */
    public static Environment environment(String name, Map<String, String> targets) {
        Spec spec = specs(
                        "env.yaml",
                        "kind: Environment\nmetadata: { name: " + name + ", team: shop }\nspec: { tier: dev }\n")
                .getFirst();
        return new Environment(spec, Tier.DEV, targets);
    }

    private static List<Document> documents(String file, String yaml) {
        Documents read = new DocumentReader(Limits.DEFAULT).read(file, yaml.getBytes(StandardCharsets.UTF_8));
        if (read.findings().stream().anyMatch(Finding::isError)) {
            throw new AssertionError(read.findings());
        }
        return read.documents();
    }

    static String resource(String name) {
        try (InputStream stream = Fixtures.class.getResourceAsStream(name)) {
            return new String(java.util.Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
