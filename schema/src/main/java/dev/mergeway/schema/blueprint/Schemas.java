package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Pointers;
import dev.mergeway.schema.model.Trees;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What JSON Schemas of parameters say, beyond whether something is valid. */
final class Schemas {
    /** Longest chain of {@code $ref} that is followed, so that a circle of them ends. */
    private static final int MAX_REFERENCES = 10;

    /** Deepest level whose defaults are filled in. */
    static final int MAX_DEPTH = 40;

    private Schemas() {}

    /** The schema, or the one in the same document that its {@code $ref} names. */
    static Map<String, Object> resolved(Map<String, Object> schema, Map<String, Object> root) {
        Map<String, Object> at = schema;
        for (int step = 0; step < MAX_REFERENCES && at.get("$ref") instanceof String reference; step++) {
            Object target =
                    reference.startsWith("#") ? Pointers.find(root, Pointers.path(reference.substring(1))) : null;
            at = Trees.map(target);
        }
        return at;
    }

    /** The value with the schema's defaults filled in, at every depth that is there. */
    static Map<String, Object> withDefaults(Map<String, Object> value, Map<String, Object> schema) {
        return Trees.map(filled(value, schema, schema, 0));
    }

    private static @Nullable Object filled(
            @Nullable Object value, Map<String, Object> unresolved, Map<String, Object> root, int depth) {
        Map<String, Object> schema = resolved(unresolved, root);
        if (depth > MAX_DEPTH) {
            return value;
        } else if (value instanceof Map<?, ?> map) {
            return filledMap(Trees.map(map), schema, root, depth);
        } else if (value instanceof List<?> list && schema.get("items") instanceof Map<?, ?> items) {
            List<@Nullable Object> filled = new ArrayList<>();
            list.forEach(item -> filled.add(filled(item, Trees.map(items), root, depth + 1)));
            return Collections.unmodifiableList(filled);
        }
        return value;
    }

    private static Map<String, @Nullable Object> filledMap(
            Map<String, Object> map, Map<String, Object> schema, Map<String, Object> root, int depth) {
        Map<String, Object> properties = Trees.map(schema.get("properties"));
        Map<String, Object> others = Trees.map(schema.get("additionalProperties"));
        Map<String, @Nullable Object> filled = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            Map<String, Object> of = properties.containsKey(name) ? Trees.map(properties.get(name)) : others;
            filled.put(name, filled(value, of, root, depth + 1));
        });
        properties.forEach((name, property) -> {
            Map<String, Object> of = resolved(Trees.map(property), root);
            if (!map.containsKey(name) && of.containsKey("default")) {
                filled.put(name, filled(of.get("default"), of, root, depth + 1));
            }
        });
        return Collections.unmodifiableMap(filled);
    }

    /** The schema of the part that the path leads to, empty where it says nothing. */
    static Map<String, Object> at(Map<String, Object> root, List<String> path) {
        Map<String, Object> at = resolved(root, root);
        for (String name : path) {
            Map<String, Object> properties = Trees.map(at.get("properties"));
            Object next = properties.containsKey(name)
                    ? properties.get(name)
                    : at.containsKey("items") ? at.get("items") : at.get("additionalProperties");
            at = resolved(Trees.map(next), root);
        }
        return at;
    }
}
