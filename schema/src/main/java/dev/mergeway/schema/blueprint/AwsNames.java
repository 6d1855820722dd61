package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Markers;
import java.util.Map;

/**
 * What an AWS resource is known by before it exists: the engine's own name for it. Its identifier is AWS's to
 * give; a tag that holds this name is how it is found again.
 */
final class AwsNames {
    private AwsNames() {}

    /**
     * The instance's name, with the resource's id where the blueprint makes several of the type; for a repeated resource
     * the first property that ends in {@code Name} or is a {@code Name} tells them apart.
     */
    static String of(
            CompiledBlueprint.Part part, Map<String, Object> tree, Instance instance, Surroundings surroundings) {
        String name = surroundings.environment().name() + "-" + instance.key().name();
        long sameType = instance.blueprint().parts().stream()
                .filter(other -> other.source().type().equals(part.source().type()))
                .count();
        String full = sameType > 1 ? name + "-" + part.id() : name;
        return part.loop() == null ? full : full + "-" + itemName(tree);
    }

    private static String itemName(Map<String, Object> tree) {
        return tree.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("Name"))
                .map(Map.Entry::getValue)
                .filter(value -> value instanceof String text && !Markers.marked(text))
                .map(Object::toString)
                .findFirst()
                .orElseGet(() -> dev.mergeway.schema.expression.Text.hash(tree, new Markers()));
    }
}
