package dev.mergeway.reconciler.resource;

import dev.mergeway.schema.model.ResourceKey;
import java.util.Map;
import java.util.Set;

/**
 * A concrete resource ready for its target: labels of its ownership on it, late values given or left out.
 *
 * @param key what it is known by
 * @param owner who it belongs to; its labels are in the body
 * @param body the whole object, free of late leaves; a leaf that is not known yet is left out
 * @param unknown JSON pointers of the leaves that were left out because they are known only after something else is
 *     applied, to the text that stands for them
 * @param sensitive JSON pointers whose values must never be shown; whatever stands below one is sensitive too
 */
public record Desired(
        ResourceKey key,
        Ownership owner,
        Map<String, Object> body,
        Map<String, String> unknown,
        Set<String> sensitive) {
    public Desired {
        unknown = Map.copyOf(unknown);
        sensitive = Set.copyOf(sensitive);
    }
}
