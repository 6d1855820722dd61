package dev.mergeway.schema.validate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JSON Schemas (draft 2020-12) that Mergeway itself owns: those of the engine's kinds, of its published JSON
 * outputs, and the frame of every other kind's documents.
 */
public final class EngineSchemas {
    /** The kinds that have meaning to the engine, in the order they are listed. */
    public static final List<String> KINDS = List.of("Environment", "Blueprint", "Policy", "Server");

    private static final Map<String, Map<String, Object>> SCHEMAS = Stream.of(
                    "environment", "blueprint", "policy", "server", "metadata", "finding", "plan", "score")
            .collect(Collectors.toUnmodifiableMap(
                    Function.identity(), name -> TreeNodes.resource("/schemas/" + name + ".schema.json")));

    private EngineSchemas() {}

    /** Schema of whole documents of an engine's kind, or empty where the kind is none of the engine's. */
    public static Optional<Map<String, Object>> of(String kind) {
        return KINDS.contains(kind) ? Optional.of(schema(kind.toLowerCase(java.util.Locale.ROOT))) : Optional.empty();
    }

    /** Schema of a finding as JSON (contract §1). */
    public static Map<String, Object> finding() {
        return schema("finding");
    }

    /** Schema of a plan as JSON (contract §5). */
    public static Map<String, Object> plan() {
        return schema("plan");
    }

    /** Schema of a workload of the Score specification, as far as it can be a Deployment. */
    public static Map<String, Object> score() {
        return schema("score");
    }

    private static Map<String, Object> schema(String name) {
        return java.util.Objects.requireNonNull(SCHEMAS.get(name));
    }

    /**
     * Schema of whole documents of a kind that a blueprint provides.
     *
     * @param kind the kind
     * @param description what the kind is, in one sentence
     * @param parameters schema of its {@code spec}; its {@code $defs} move to the root, so that its {@code #/$defs/…}
     *     references still lead there
     */
    public static Map<String, Object> document(String kind, String description, Map<String, Object> parameters) {
        Map<String, Object> spec = new LinkedHashMap<>(parameters);
        Object definitions = spec.remove("$defs");
        spec.remove("$schema");
        spec.remove("$id");
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("apiVersion", constant("mergeway.dev/v1", "Version of the format."));
        properties.put("kind", constant(kind, "What the document asks for."));
        properties.put("metadata", schema("metadata"));
        properties.put("spec", spec);
        boolean needsSpec = spec.get("required") instanceof List<?> required && !required.isEmpty();
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", kind);
        schema.put("type", "object");
        schema.put("description", description);
        schema.put("additionalProperties", false);
        schema.put(
                "required",
                needsSpec
                        ? List.of("apiVersion", "kind", "metadata", "spec")
                        : List.of("apiVersion", "kind", "metadata"));
        schema.put("properties", properties);
        if (definitions != null) {
            schema.put("$defs", definitions);
        }
        return Collections.unmodifiableMap(schema);
    }

    private static Map<String, Object> constant(String value, String description) {
        return Map.of("const", value, "description", description, "examples", List.of(value));
    }
}
