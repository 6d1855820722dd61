package dev.mergeway.reconciler.resource;

import dev.mergeway.schema.model.ResourceKey;
import java.util.Map;
import java.util.Optional;

/**
 * A resource as it is now.
 *
 * @param key what it is known by
 * @param body all of it as a tree, status included
 * @param version changes with every change of it (a resourceVersion, a hash)
 */
public record Live(ResourceKey key, Map<String, Object> body, String version) {
    /** Who it belongs to, or empty where it is not ours. */
    public Optional<Ownership> owner() {
        Map<String, Object> metadata = Trees.mapping(body, "/metadata");
        return Ownership.of(
                Trees.strings(Trees.mapping(metadata, "/labels")),
                Trees.strings(Trees.mapping(metadata, "/annotations")));
    }
}
