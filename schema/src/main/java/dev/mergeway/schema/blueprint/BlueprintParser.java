package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Pointers;
import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Metadata;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the {@code spec} of a Blueprint document. */
public final class BlueprintParser {
    private static final Map<String, Object> NO_PARAMETERS = Map.of("type", "object", "additionalProperties", false);
    private static final String RULE = "blueprint/shape";

    private final Spec spec;
    private final List<Finding> findings = new ArrayList<>();

    private BlueprintParser(Spec spec) {
        this.spec = spec;
    }

    /**
     * What came of reading.
     *
     * @param blueprint the blueprint, empty where its shape is wrong
     * @param findings what is wrong
     */
    public record Parsed(Optional<Blueprint> blueprint, List<Finding> findings) {
        public Parsed {
            findings = List.copyOf(findings);
        }
    }

    /** Reads a document of kind {@code Blueprint}. */
    public static Parsed parse(Document document, Metadata metadata) {
        Object body = document.root().get("spec");
        Spec spec = new Spec("Blueprint", metadata, tree(body), document, Map.of());
        BlueprintParser parser = new BlueprintParser(spec);
        if (!(body instanceof Map)) {
            parser.finding("", "a Blueprint needs a spec with provides, parameters and resources");
            return new Parsed(Optional.empty(), parser.findings);
        }
        Blueprint blueprint = parser.blueprint(document);
        boolean wrong = parser.findings.stream().anyMatch(Finding::isError);
        return new Parsed(wrong ? Optional.empty() : Optional.of(blueprint), parser.findings);
    }

    private Blueprint blueprint(Document document) {
        Map<String, Object> body = spec.body();
        Map<String, Object> provides = map(body, "", "provides");
        String kind = text(provides, "/provides", "kind");
        String type = text(provides, "/provides", "type");
        String clazz = text(provides, "/provides", "class");
        if (kind == null && type == null) {
            finding(
                    "/provides",
                    "a Blueprint provides a kind, a type, or both: provides: { kind: Queue, type: queue }");
        }
        return new Blueprint(
                spec,
                version(document),
                kind,
                type,
                clazz == null ? "default" : clazz,
                body.containsKey("parameters") ? map(body, "", "parameters") : NO_PARAMETERS,
                templates(map(body, "", "resources")),
                outputs(map(body, "", "outputs")),
                price(map(body, "", "price")),
                examples(body));
    }

    private static String version(Document document) {
        Object version = tree(document.root().get("metadata")).get("version");
        return version == null ? "0.0.0" : version.toString();
    }

    private List<Blueprint.Template> templates(Map<String, Object> resources) {
        List<Blueprint.Template> templates = new ArrayList<>();
        resources.forEach((id, value) -> {
            String at = Pointers.child("/resources", id);
            if (value instanceof Map) {
                templates.add(template(id, tree(value), at));
            } else {
                finding(at, "a resource is a map with 'kubernetes' or 'aws'");
            }
        });
        return templates;
    }

    private Blueprint.Template template(String id, Map<String, Object> resource, String at) {
        boolean kubernetes = resource.containsKey("kubernetes");
        if (kubernetes == resource.containsKey("aws")) {
            finding(
                    at,
                    "resource '" + id + "' needs either 'kubernetes' (an object) or 'aws' (a type, with 'properties')");
        }
        String type = kubernetes ? "" : text(resource, at, "aws");
        return new Blueprint.Template(
                id,
                kubernetes ? "kubernetes" : "aws",
                type == null ? "" : type,
                map(resource, at, kubernetes ? "kubernetes" : "properties"),
                texts(resource, at, "when"),
                loop(map(resource, at, "forEach"), at),
                texts(resource, at, "dependsOn"),
                texts(resource, at, "ready"),
                Boolean.TRUE.equals(resource.get("stateful")));
    }

    private Map<String, String> loop(Map<String, Object> loop, String at) {
        if (loop.size() > 1) {
            finding(at + "/forEach", "forEach has one variable");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        loop.forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }

    private Map<String, Blueprint.Output> outputs(Map<String, Object> outputs) {
        Map<String, Blueprint.Output> read = new LinkedHashMap<>();
        outputs.forEach((name, value) -> {
            String at = Pointers.child("/outputs", name);
            if (value instanceof Map<?, ?> output && output.get("value") != null) {
                String type = text(tree(output), at, "type");
                String description = text(tree(output), at, "description");
                read.put(
                        name,
                        new Blueprint.Output(
                                type == null ? "string" : type,
                                output.get("value"),
                                Boolean.TRUE.equals(output.get("secret")),
                                description == null ? "" : description));
            } else {
                finding(at, "output '" + name + "' needs a value, such as value: ${metadata.name}");
            }
        });
        return java.util.Collections.unmodifiableMap(read);
    }

    private static @Nullable String price(Map<String, Object> price) {
        Object monthly = price.get("monthlyUsd");
        if (monthly == null) {
            return null;
        }
        return monthly instanceof String ? monthly.toString() : "${" + monthly + "}";
    }

    private List<Map<String, Object>> examples(Map<String, Object> body) {
        List<Map<String, Object>> examples = new ArrayList<>();
        if (body.get("examples") instanceof List<?> list) {
            for (int index = 0; index < list.size(); index++) {
                Object example = list.get(index);
                if (example instanceof Map<?, ?> map && map.get("params") instanceof Map) {
                    examples.add(tree(map.get("params")));
                } else {
                    finding("/examples/" + index, "an example is a map with 'params'");
                }
            }
        }
        return examples;
    }

    private Map<String, Object> map(Map<String, Object> parent, String at, String name) {
        Object value = parent.get(name);
        if (value != null && !(value instanceof Map)) {
            finding(Pointers.child(at, name), "'" + name + "' is a map");
        }
        return tree(value);
    }

    private @Nullable String text(Map<String, Object> parent, String at, String name) {
        Object value = parent.get(name);
        if (value != null && !(value instanceof String)) {
            finding(Pointers.child(at, name), "'" + name + "' is a text");
        }
        return value instanceof String text ? text : null;
    }

    private List<String> texts(Map<String, Object> parent, String at, String name) {
        Object value = parent.get(name);
        if (value == null) {
            return List.of();
        }
        List<?> list = value instanceof List<?> many ? many : List.of(value);
        if (!list.stream().allMatch(item -> item instanceof String || item instanceof Boolean)) {
            finding(Pointers.child(at, name), "'" + name + "' is a list of texts");
        }
        return list.stream().map(String::valueOf).toList();
    }

    private void finding(String pointer, String message) {
        findings.add(spec.finding(Severity.ERROR, pointer, RULE, message, ""));
    }

    /** The value where it is a map, else an empty one. Keys of documents are always texts. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> tree(@Nullable Object value) {
        return value instanceof Map ? (Map<String, Object>) value : Map.of();
    }
}
