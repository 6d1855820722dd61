package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema of what a CRD defines, from its structural schema (OpenAPI 3.0 with Kubernetes' own words; "Extend the
 * Kubernetes API with CustomResourceDefinitions" in Kubernetes' documentation). What does not fit here, the API server
 * refuses too: what is said in CEL, as formats, by {@code not}, or in words that Java's patterns lack is left to it.
 */
final class KindSchema {
    /** Said with the same words in both. */
    private static final Set<String> SAME = Set.of(
            "description",
            "enum",
            "maximum",
            "minimum",
            "multipleOf",
            "maxItems",
            "minItems",
            "maxLength",
            "minLength",
            "maxProperties",
            "minProperties",
            "required");

    private static final Map<String, Object> ANY_OBJECT = Map.of("type", "object");

    private static final Map<String, Object> TEXT = Map.of("type", "string");

    private KindSchema() {}

    /** The JSON Schema of whole objects. */
    static Map<String, Object> of(Map<String, Object> structural) {
        Map<String, Object> whole = new LinkedHashMap<>(translated(structural, true));
        whole.put("properties", properties(structural, true, true));
        return whole;
    }

    /** The structural schema of a type; empty where the definition serves no such type, or says nothing of it. */
    static Optional<Map<String, Object>> structural(Map<String, Object> definition, String type) {
        return Look.maps(definition, "spec", "versions").stream()
                .filter(version -> Batch.type(definition, version).equals(type))
                .map(version -> Look.map(version, "schema", "openAPIV3Schema"))
                .filter(schema -> !schema.isEmpty())
                .findFirst();
    }

    /** The tree as the API server sees it before it looks at it: with the defaults of its schema, without nulls that may not be. */
    static @Nullable Object settled(Map<String, Object> schema, @Nullable Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> settledMap(schema, Trees.typed(map));
            case List<?> list -> {
                Map<String, Object> items = Look.map(schema, "items");
                List<@Nullable Object> settled = new ArrayList<>();
                list.forEach(element -> settled.add(settled(items, element)));
                yield settled;
            }
            case null, default -> tree;
        };
    }

    private static Map<String, @Nullable Object> settledMap(Map<String, Object> schema, Map<String, Object> map) {
        Map<String, Object> properties = Look.map(schema, "properties");
        Map<String, Object> others = Look.map(schema, "additionalProperties");
        Map<String, @Nullable Object> settled = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            Map<String, Object> property = properties.containsKey(name) ? mapping(properties.get(name)) : others;
            if (value != null || property.isEmpty() || Look.yes(property, "nullable")) {
                settled.put(name, settled(property, value));
            }
        });
        properties.forEach((name, property) -> {
            Object otherwise = mapping(property).get("default");
            if (otherwise != null) {
                settled.putIfAbsent(name, settled(mapping(property), otherwise));
            }
        });
        return settled;
    }

    private static Map<String, Object> translated(Map<String, Object> schema, boolean closed) {
        Map<String, Object> json = new LinkedHashMap<>();
        schema.forEach((word, value) -> {
            if (SAME.contains(word)) {
                json.put(word, value);
            }
        });
        types(schema).ifPresent(types -> json.put("type", types));
        bound(schema, json, "minimum", "exclusiveMinimum");
        bound(schema, json, "maximum", "exclusiveMaximum");
        pattern(schema).ifPresent(pattern -> json.put("pattern", pattern));
        if (Look.text(schema, "x-kubernetes-list-type").equals("set")) {
            json.put("uniqueItems", true);
        }
        members(schema, json, closed);
        List<Map<String, Object>> demands = new ArrayList<>(demands(schema, "allOf"));
        for (String choice : List.of("anyOf", "oneOf")) { // which one alone fits may hang on what is left to the server
            List<Map<String, Object>> choices = demands(schema, choice);
            if (!choices.isEmpty()) {
                demands.add(Map.of("anyOf", choices));
            }
        }
        if (!demands.isEmpty()) {
            json.put("allOf", demands);
        }
        return json;
    }

    /** @param closed whether fields that are not named are refused, as they are but in what is only a further demand */
    private static void members(Map<String, Object> schema, Map<String, Object> json, boolean closed) {
        if (schema.get("items") instanceof Map<?, ?> items) {
            json.put("items", translated(Trees.typed(items), closed));
        }
        if (schema.get("additionalProperties") instanceof Map<?, ?> values) {
            json.put("additionalProperties", translated(Trees.typed(values), closed));
        }
        if (schema.get("properties") instanceof Map<?, ?> named && !named.isEmpty()) {
            json.put("properties", properties(schema, Look.yes(schema, "x-kubernetes-embedded-resource"), closed));
            boolean open = Look.yes(schema, "x-kubernetes-preserve-unknown-fields")
                    || schema.containsKey("additionalProperties");
            if (closed && !open) {
                json.put("additionalProperties", false);
            }
        }
    }

    /** @param object whether it is a whole object: such have three fields, whether their kind says so or not */
    private static Map<String, Object> properties(Map<String, Object> schema, boolean object, boolean closed) {
        Map<String, Object> properties = new LinkedHashMap<>();
        Look.map(schema, "properties")
                .forEach((name, property) -> properties.put(name, translated(mapping(property), closed)));
        if (object) {
            properties.putIfAbsent("apiVersion", TEXT);
            properties.putIfAbsent("kind", TEXT);
            properties.put("metadata", ANY_OBJECT); // its fields are Kubernetes' own
        }
        return properties;
    }

    private static Optional<List<String>> types(Map<String, Object> schema) {
        List<String> types = new ArrayList<>();
        if (Look.yes(schema, "x-kubernetes-int-or-string")) {
            types.addAll(List.of("integer", "string"));
        } else if (!Look.text(schema, "type").isEmpty()) {
            types.add(Look.text(schema, "type"));
        }
        if (Look.yes(schema, "nullable")) {
            types.add("null");
        }
        return Optional.of(types).filter(all -> !all.isEmpty() && !all.equals(List.of("null")));
    }

    private static List<Map<String, Object>> demands(Map<String, Object> schema, String word) {
        return Look.maps(schema, word).stream()
                .map(one -> translated(one, false))
                .toList();
    }

    /** OpenAPI 3.0 says of a bound that it is excluded; JSON Schema has another word for such a bound. */
    private static void bound(Map<String, Object> schema, Map<String, Object> json, String bound, String excluded) {
        if (Look.yes(schema, excluded) && json.containsKey(bound)) {
            json.put(excluded, json.remove(bound));
        }
    }

    private static Optional<String> pattern(Map<String, Object> schema) {
        String pattern = Look.text(schema, "pattern");
        try {
            Pattern.compile(pattern);
            return Optional.of(pattern).filter(text -> !text.isEmpty());
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> mapping(@Nullable Object tree) {
        return tree instanceof Map<?, ?> map ? Trees.typed(map) : Map.of();
    }
}
