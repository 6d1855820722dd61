package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Pointers;
import dev.mergeway.schema.model.Blueprint;
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
    /** Where in the spec's body it stands. */
    String pointer() {
        return Pointers.child("/resources", name);
    }
}
