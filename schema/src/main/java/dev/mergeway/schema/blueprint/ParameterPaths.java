package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.model.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fields the parameters can have, by their JSON Schema.
 *
 * @param schema of the parameters
 */
record ParameterPaths(Map<String, Object> schema) {
    /** A field that cannot be there, and those that can. */
    record Unknown(String name, Set<String> known) {}

    /** The first name of the path that the schema rules out, or empty where the path is possible. */
    Optional<Unknown> unknown(List<String> path) {
        Map<String, Object> at = schema;
        for (String name : path) {
            at = Schemas.resolved(at, schema);
            Map<String, Object> properties = Trees.map(at.get("properties"));
            Map<String, Object> next = child(at, properties, name);
            if (next == null) {
                boolean closed =
                        Boolean.FALSE.equals(at.get("additionalProperties")) && !at.containsKey("patternProperties");
                return closed ? Optional.of(new Unknown(name, properties.keySet())) : Optional.empty();
            }
            at = next;
        }
        return Optional.empty();
    }

    private static @Nullable Map<String, Object> child(
            Map<String, Object> at, Map<String, Object> properties, String name) {
        Object property = properties.containsKey(name) ? properties.get(name) : at.get("additionalProperties");
        return property instanceof Map ? Trees.map(property) : null;
    }
}
