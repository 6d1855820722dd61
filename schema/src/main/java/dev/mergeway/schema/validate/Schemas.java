package dev.mergeway.schema.validate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Ways about in a JSON Schema: references, fields, pointers. */
final class Schemas {
    private static final int MOST_REFERENCES = 16;

    private Schemas() {}

    /** The part of a schema at a path of keywords and names, an empty object where there is none. */
    static JsonNode at(JsonNode root, List<String> path) {
        JsonNode at = root;
        for (String name : path) {
            at = at.isArray() ? at.path(Integer.parseInt(name)) : at.path(name);
        }
        return at.isObject() ? at : TreeNodes.node(Map.of());
    }

    /** The schema itself, or what its {@code $ref} within the same document leads to. */
    static JsonNode resolved(JsonNode root, JsonNode schema) {
        JsonNode at = schema;
        for (int hops = 0; hops < MOST_REFERENCES && at.has("$ref"); hops++) {
            String reference = at.path("$ref").stringValue("");
            JsonNode target = target(root, reference);
            if (!target.isObject()) {
                return at;
            }
            at = target;
        }
        return at;
    }

    private static JsonNode target(JsonNode root, String reference) {
        if (reference.equals("#")) {
            return root;
        }
        return reference.startsWith("#/") ? root.at(reference.substring(1)) : TreeNodes.node(null);
    }

    /** All fields that a schema names, in all its alternatives, with their schemas. */
    static Map<String, JsonNode> fields(JsonNode root, JsonNode schema) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        collect(root, schema, fields, 0);
        return fields;
    }

    private static void collect(JsonNode root, JsonNode schema, Map<String, JsonNode> fields, int depth) {
        if (depth > MOST_REFERENCES || !schema.isObject()) {
            return;
        }
        JsonNode at = resolved(root, schema);
        at.path("properties").properties().forEach(field -> fields.putIfAbsent(field.getKey(), field.getValue()));
        for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
            at.path(keyword).forEach(each -> collect(root, each, fields, depth + 1));
        }
        for (String keyword : List.of("then", "else")) {
            collect(root, at.path(keyword), fields, depth + 1);
        }
    }

    /** A path as a JSON pointer (RFC 6901). */
    static String pointer(List<String> path) {
        return path.stream()
                .map(name -> "/" + name.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }
}
