package dev.mergeway.reconciler.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A JSON Schema as a flat list of fields that a person can read. What it cannot say in a line it leaves out. */
final class SchemaFields {
    private static final int DEPTH = 7;
    private static final int MOST = 500;

    private final Map<?, ?> root;
    private final List<Field> fields = new ArrayList<>();

    private SchemaFields(Map<?, ?> root) {
        this.root = root;
    }

    /**
     * One field.
     *
     * @param path where it is, such as {@code spec.containers.NAME.image}
     * @param type its type, and its allowed values or limits
     * @param required whether it must be given
     * @param defaultValue what it is where it is not given, "" where that is nothing
     * @param description what it means
     */
    record Field(String path, String type, boolean required, String defaultValue, String description) {}

    /** The fields of a document's {@code spec}, or of all of it where it has none. */
    static List<Field> of(Map<String, Object> schema) {
        SchemaFields reader = new SchemaFields(schema);
        Object spec = map(schema.get("properties")).get("spec");
        reader.properties(spec == null ? "" : "spec", reader.resolve(spec == null ? schema : spec), 0);
        return List.copyOf(reader.fields);
    }

    /** Examples that the schema gives, as JSON or as the text they are. */
    static List<String> examples(Map<String, Object> schema) {
        return schema.get("examples") instanceof Collection<?> examples
                ? examples.stream()
                        .limit(5)
                        .map(example -> example instanceof String text ? text : Json.pretty(example))
                        .toList()
                : List.of();
    }

    private void properties(String path, Map<?, ?> schema, int depth) {
        Collection<?> required = schema.get("required") instanceof Collection<?> names ? names : List.of();
        map(schema.get("properties")).forEach((name, property) -> {
            String at = path.isEmpty() ? String.valueOf(name) : path + "." + name;
            field(at, resolve(property), required.contains(name), depth);
        });
        if (schema.get("additionalProperties") instanceof Map<?, ?> other && !other.isEmpty()) {
            field(path + ".NAME", resolve(other), false, depth);
        }
    }

    private void field(String path, Map<?, ?> schema, boolean required, int depth) {
        if (fields.size() >= MOST) {
            return;
        }
        fields.add(
                new Field(path, type(schema), required, value(schema.get("default")), text(schema.get("description"))));
        if (depth < DEPTH) {
            properties(path, schema, depth + 1);
            if (schema.get("items") instanceof Map<?, ?> items) {
                properties(path + "[]", resolve(items), depth + 1);
            }
        }
    }

    private String type(Map<?, ?> schema) {
        if (schema.get("enum") instanceof Collection<?> values) {
            return values.stream().map(SchemaFields::value).collect(Collectors.joining(" or "));
        }
        String type = schema.get("type") instanceof Collection<?> types
                ? types.stream().map(String::valueOf).collect(Collectors.joining(" or "))
                : text(schema.get("type"));
        Object least = schema.get("minimum");
        Object most = schema.get("maximum");
        return type + (least == null ? "" : ", at least " + least) + (most == null ? "" : ", at most " + most);
    }

    /** Follows a reference within the schema, once; a schema that is none stands for anything. */
    private Map<?, ?> resolve(@Nullable Object schema) {
        Map<?, ?> map = map(schema);
        if (!(map.get("$ref") instanceof String reference) || !reference.startsWith("#/")) {
            return map;
        }
        Object found = root;
        for (String part : reference.substring(2).split("/")) {
            found = map(found).get(part.replace("~1", "/").replace("~0", "~"));
        }
        return map(found);
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String value(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof String text ? text : Json.text(value);
    }
}
