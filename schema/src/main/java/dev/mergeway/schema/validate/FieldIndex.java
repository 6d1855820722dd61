package dev.mergeway.schema.validate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where in a schema each field name exists, so that a field at the wrong indentation can be told its place. Immutable. */
final class FieldIndex {
    /** Stands in a path for a name that the author of a document chooses. */
    static final String ANY_NAME = "NAME";

    private static final int DEEPEST = 10;
    private static final int MOST_PATHS = 5_000;

    private final JsonNode root;
    private final Map<String, List<List<String>>> paths = new HashMap<>();
    private int seen;

    private FieldIndex(JsonNode root) {
        this.root = root;
    }

    static FieldIndex of(JsonNode root) {
        FieldIndex index = new FieldIndex(root);
        index.collect(root, List.of());
        return index;
    }

    private void collect(JsonNode schema, List<String> path) {
        if (path.size() > DEEPEST || seen++ > MOST_PATHS) {
            return;
        }
        JsonNode at = Schemas.resolved(root, schema);
        Schemas.fields(root, at).forEach((name, field) -> {
            List<String> child = append(path, name);
            paths.computeIfAbsent(name, key -> new ArrayList<>()).add(child);
            collect(field, child);
        });
        if (at.path("additionalProperties").isObject()) {
            collect(at.path("additionalProperties"), append(path, ANY_NAME));
        }
    }

    /** The path of a field of this name, of several the nearest to a place. */
    Optional<List<String>> nearest(List<String> place, String field) {
        return paths.getOrDefault(field, List.of()).stream()
                .min(Comparator.comparingInt((List<String> path) -> away(place, path)));
    }

    /** Steps up and down from a place to the map that holds a field; 0 for a field of the place itself. */
    static int away(List<String> place, List<String> field) {
        int common = 0;
        while (common < place.size()
                && common < field.size() - 1
                && (place.get(common).equals(field.get(common))
                        || field.get(common).equals(ANY_NAME))) {
            common++;
        }
        return place.size() + field.size() - 1 - 2 * common;
    }

    static List<String> append(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }
}
