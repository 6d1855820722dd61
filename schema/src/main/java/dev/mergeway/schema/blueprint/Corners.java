package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Pointers;
import dev.mergeway.schema.model.Trees;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes parameters at the corners of a schema: only what is required, everything, and everything with one value at a
 * time at its least, its greatest, or each of those allowed. They need not all be valid (patterns and conditions between
 * fields are not looked at), so the caller checks them.
 */
final class Corners {
    /** Enough for a blueprint of some twenty parameters; more would make loading slow and find little. */
    private static final int MAX = 80;

    private static final int MAX_DEPTH = 6;
    private static final int MAX_ENUM = 12;
    private static final int MAX_TEXT = 300;

    private final Map<String, Object> root;
    private final Set<Map<String, Object>> corners = new LinkedHashSet<>();

    private Corners(Map<String, Object> root) {
        this.root = root;
    }

    static List<Map<String, Object>> of(Map<String, Object> schema) {
        Corners made = new Corners(schema);
        made.add(made.sample(schema, false, 0));
        Object all = made.sample(schema, true, 0);
        made.add(all);
        made.vary(all, schema, List.of(), all, 0);
        return List.copyOf(made.corners);
    }

    private void add(@Nullable Object params) {
        if (corners.size() < MAX && params instanceof Map) {
            corners.add(Trees.map(params));
        }
    }

    /** A value of the schema: with all optional parts, or with none. */
    private @Nullable Object sample(@Nullable Object unresolved, boolean all, int depth) {
        Map<String, Object> schema = Schemas.resolved(Trees.map(unresolved), root);
        if (schema.containsKey("const")) {
            return schema.get("const");
        }
        boolean branches = schema.get("properties") instanceof Map && depth < MAX_DEPTH;
        if (branches) {
            return object(schema, all, depth);
        } else if (schema.get("examples") instanceof List<?> examples && !examples.isEmpty()) {
            return examples.getFirst();
        } else if (schema.containsKey("default")) {
            return schema.get("default");
        } else if (schema.get("enum") instanceof List<?> values && !values.isEmpty()) {
            return values.getFirst();
        }
        return plain(schema, all, depth);
    }

    private Map<String, @Nullable Object> object(Map<String, Object> schema, boolean all, int depth) {
        List<?> required = schema.get("required") instanceof List<?> names ? names : List.of();
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        Trees.map(schema.get("properties")).forEach((name, property) -> {
            if (all || required.contains(name)) {
                object.put(name, sample(property, all, depth + 1));
            }
        });
        return Collections.unmodifiableMap(object);
    }

    private @Nullable Object plain(Map<String, Object> schema, boolean all, int depth) {
        Object type =
                schema.get("type") instanceof List<?> types && !types.isEmpty() ? types.getFirst() : schema.get("type");
        return switch (String.valueOf(type)) {
            case "integer", "number" -> schema.get("minimum") instanceof Number least ? least : Long.valueOf(1);
            case "boolean" -> true;
            case "array" ->
                depth < MAX_DEPTH && schema.get("items") instanceof Map ? list(schema, all, depth) : List.of();
            case "object" ->
                depth < MAX_DEPTH && schema.get("additionalProperties") instanceof Map<?, ?> entry
                        ? Collections.singletonMap("main", sample(entry, all, depth + 1))
                        : Map.of();
            case "null" -> null;
            default -> text(schema.get("minLength"), "example");
        };
    }

    private List<@Nullable Object> list(Map<String, Object> schema, boolean all, int depth) {
        return Collections.singletonList(sample(schema.get("items"), all, depth + 1));
    }

    private static String text(@Nullable Object length, String otherwise) {
        return length instanceof Long count && count > otherwise.length()
                ? "a".repeat((int) Math.min(count, MAX_TEXT))
                : otherwise;
    }

    /** Adds the whole with each of the other values that the part at the path could have. */
    private void vary(
            @Nullable Object whole, @Nullable Object unresolved, List<String> path, @Nullable Object part, int depth) {
        if (corners.size() >= MAX) {
            return;
        }
        Map<String, Object> schema = Schemas.resolved(Trees.map(unresolved), root);
        others(schema).forEach(other -> add(replaced(whole, path, other)));
        if (depth < MAX_DEPTH && part instanceof Map<?, ?> map) {
            Map<String, Object> properties = Trees.map(schema.get("properties"));
            map.forEach((key, value) -> {
                String name = String.valueOf(key);
                Object of = properties.containsKey(name) ? properties.get(name) : schema.get("additionalProperties");
                List<String> below = new ArrayList<>(path);
                below.add(name);
                add(without(whole, below, schema));
                vary(whole, of, below, value, depth + 1);
            });
        }
    }

    private static List<Object> others(Map<String, Object> schema) {
        List<Object> others = new ArrayList<>();
        for (String bound : List.of("minimum", "maximum", "default")) {
            if (schema.get(bound) != null) {
                others.add(schema.get(bound));
            }
        }
        if (schema.get("enum") instanceof List<?> values) {
            values.stream().limit(MAX_ENUM).forEach(others::add);
        }
        if ("boolean".equals(schema.get("type"))) {
            others.addAll(List.of(true, false));
        }
        boolean free = !schema.containsKey("pattern") && !schema.containsKey("format") && !schema.containsKey("enum");
        if ("string".equals(schema.get("type")) && free) {
            others.add(text(schema.get("minLength"), "a"));
            if (schema.get("maxLength") instanceof Long longest && longest <= MAX_TEXT) {
                others.add("a".repeat(longest.intValue()));
            }
        }
        return others;
    }

    /** The whole without one optional part. */
    private static @Nullable Object without(@Nullable Object whole, List<String> path, Map<String, Object> parent) {
        boolean required = parent.get("required") instanceof List<?> names && names.contains(path.getLast());
        return required ? null : replaced(whole, path, Corners.class);
    }

    /** The tree with another value at the path; without it where the value is this class. */
    private static @Nullable Object replaced(@Nullable Object tree, List<String> path, Object value) {
        if (path.isEmpty()) {
            return value;
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(Trees.map(tree));
        String name = path.getFirst();
        if (path.size() == 1 && value == Corners.class) {
            copy.remove(name);
        } else {
            copy.put(name, replaced(copy.get(name), path.subList(1, path.size()), value));
        }
        return Collections.unmodifiableMap(copy);
    }

    /** Short JSON of parameters, for messages. */
    static String shown(Map<String, Object> params) {
        String json = dev.mergeway.schema.expression.Text.json(params);
        return json.length() > MAX_TEXT ? json.substring(0, MAX_TEXT) + "…" : json;
    }

    /** Pointer of an example. */
    static String pointer(int example) {
        return Pointers.child("/examples", Integer.toString(example)) + "/params";
    }
}
