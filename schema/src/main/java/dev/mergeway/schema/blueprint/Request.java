package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Pointers;
import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.SpecKey;
import java.util.Map;

/**
 * One entry of a spec's {@code resources}, its blueprint found.
 *
 * @param name what the spec calls it
 * @param node the instance that it means
 * @param blueprint what makes it
 * @param params its parameters as written; empty where not given
 * @param metadata its {@code metadata} as written; empty where not given
 */
record Request(
        String name, NodeKey node, Blueprint blueprint, Map<String, Object> params, Map<String, Object> metadata) {
    /** The kind that its instance is known by: that of its blueprint, else the resource type. */
    String kind() {
        String kind = blueprint.kind();
        return kind == null ? node.type() : kind;
    }

    /** What its instance is known by in an environment. */
    SpecKey key(Environment environment) {
        return new SpecKey(environment.name(), kind(), node.name());
    }

    /** Where in the spec's body it stands. */
    String pointer() {
        return Pointers.child("/resources", name);
    }
}
