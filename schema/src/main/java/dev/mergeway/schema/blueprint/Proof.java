package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Markers;
import dev.mergeway.schema.expression.Refusal;
import dev.mergeway.schema.expression.Text;
import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Files;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Metadata;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.SpecKey;
import dev.mergeway.schema.model.Tier;
import dev.mergeway.schema.validate.CompiledSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Proves a compiled blueprint before anybody uses it: its parameters can be shown as a form, its examples and parameters
 * at the corners of its schema render, outputs are of their types, and secrets stay where they may be.
 */
final class Proof {
    /** One rendering that fails says enough; the next ones mostly repeat it. */
    private static final int MAX_CORNER_FINDINGS = 3;

    private final CompiledBlueprint compiled;
    private final Blueprint blueprint;
    private final List<Finding> findings = new ArrayList<>();

    private Proof(CompiledBlueprint compiled) {
        this.compiled = compiled;
        this.blueprint = compiled.blueprint();
    }

    /** What is wrong, beyond what compiling found; nothing where that was wrong already. */
    static List<Finding> of(CompiledBlueprint compiled) {
        Proof proof = new Proof(compiled);
        proof.findings.addAll(FormSafe.check(compiled.blueprint()));
        if (proof.findings.isEmpty() && !compiled.broken()) {
            proof.schema().ifPresent(proof::render);
        }
        return proof.findings;
    }

    private Optional<CompiledSchema> schema() {
        try {
            return Optional.of(CompiledSchema.of(blueprint.parameters()));
        } catch (IllegalArgumentException broken) {
            findings.add(blueprint
                    .spec()
                    .finding(
                            Severity.ERROR,
                            "/parameters",
                            "blueprint/parameters",
                            String.valueOf(broken.getMessage()),
                            ""));
            return Optional.empty();
        }
    }

    private void render(CompiledSchema schema) {
        for (int index = 0; index < blueprint.examples().size(); index++) {
            Map<String, Object> params = blueprint.examples().get(index);
            String at = Corners.pointer(index);
            List<Finding> invalid = schema.check(
                    params,
                    (severity, pointer, rule, message, hint) ->
                            blueprint.spec().finding(severity, at + pointer, rule, message, hint));
            findings.addAll(invalid.isEmpty() ? rendered(params, at) : invalid);
        }
        if (findings.isEmpty()) {
            corners(schema);
        }
    }

    private void corners(CompiledSchema schema) {
        for (Map<String, Object> params : Corners.of(blueprint.parameters())) {
            if (findings.size() >= MAX_CORNER_FINDINGS) {
                return;
            }
            if (schema.check(params, blueprint.spec()::finding).isEmpty()) {
                for (Finding found : rendered(params, "/parameters")) {
                    if (found.rule().equals(Refusal.REFUSED)) {
                        continue; // an answer that the blueprint's author meant to give
                    }
                    findings.add(blueprint
                            .spec()
                            .finding(
                                    Severity.ERROR,
                                    "/parameters",
                                    found.rule(),
                                    found.message() + "; these parameters are allowed: " + Corners.shown(params),
                                    found.hint()));
                }
            }
        }
    }

    /** Renders with the parameters, as if they stood at the pointer in the blueprint's own document. */
    private List<Finding> rendered(Map<String, Object> params, String at) {
        Metadata metadata = new Metadata("example", "example", "example", Map.of(), Map.of());
        String kind = blueprint.kind() == null ? String.valueOf(blueprint.type()) : blueprint.kind();
        Spec spec = new Spec(kind, metadata, params, blueprint.spec().document(), Map.of("", "/spec" + at));
        Environment environment = environment(metadata);
        Map<String, Object> filled = Schemas.withDefaults(params, blueprint.parameters());
        Instance instance = new Instance(
                compiled,
                new SpecKey("example", kind, "example"),
                spec,
                "",
                params,
                filled,
                Variables.metadata(spec, environment),
                Variables.workload(spec, "example"),
                Map.of());
        Surroundings surroundings = Surroundings.of(environment, ANY_FILE);
        Rendered rendered = new InstanceRenderer(instance, surroundings).render();
        List<Finding> wrong = new ArrayList<>(rendered.findings());
        rendered.outputs().forEach((name, value) -> type(name, value).ifPresent(wrong::add));
        wrong.addAll(twice(rendered));
        return wrong;
    }

    private Environment environment(Metadata metadata) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("domain", "example.com");
        if ("Environment".equals(blueprint.kind())) {
            body.put("quota", Map.of("cpu", "8", "memory", "16Gi", "pods", 40L));
        }
        Spec spec = new Spec("Environment", metadata, body, blueprint.spec().document(), Map.of());
        return new Environment(spec, Tier.DEV, Map.of("kubernetes", "example", "aws", "example"));
    }

    private Optional<Finding> type(String name, @Nullable Object value) {
        Blueprint.Output output = blueprint.outputs().get(name);
        if (output == null || value instanceof String text && Markers.marked(text)) {
            return Optional.empty();
        }
        boolean fits = switch (output.type()) {
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Long;
            case "number" -> value instanceof Number;
            case "boolean" -> value instanceof Boolean;
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            default -> false;
        };
        return fits
                ? Optional.empty()
                : Optional.of(blueprint
                        .spec()
                        .finding(
                                Severity.ERROR,
                                "/outputs/" + name,
                                "blueprint/output-type",
                                "output '" + name + "' says it is of type " + output.type() + " but gives "
                                        + Text.json(value),
                                ""));
    }

    private List<Finding> twice(Rendered rendered) {
        List<Finding> findings = new ArrayList<>();
        Dependencies.distinct(rendered.resources(), findings);
        return findings;
    }

    /** A file by any name: whether a spec's files exist is that spec's matter. */
    private static final Files ANY_FILE = new Files() {
        @Override
        public Optional<byte[]> read(String path) {
            return Optional.of(new byte[] {'x'});
        }

        @Override
        public List<String> below(String folder) {
            return List.of();
        }
    };
}
