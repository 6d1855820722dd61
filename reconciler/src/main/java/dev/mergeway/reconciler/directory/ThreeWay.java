package dev.mergeway.reconciler.directory;

import dev.mergeway.reconciler.resource.Pointers;
import dev.mergeway.reconciler.resource.Trees;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file shall hold, of what it holds, what we wrote last and what is wanted now: a field of ours that is wanted no
 * more goes, a field that is wanted is set, and whatever somebody else put beside them stays. A list is one field.
 */
final class ThreeWay {
    private ThreeWay() {}

    /**
     * Merges.
     *
     * @param live what the file holds
     * @param wanted what is wanted
     * @param untouched pointers that are wanted with a value that is not known yet: what is live there stays
     */
    static Map<String, Object> merge(Content live, Content wanted, Collection<String> untouched) {
        Map<String, Object> merged = live.tree();
        for (String pointer : live.applied()) {
            if (!isWanted(pointer, wanted.tree()) && !Pointers.within(pointer, untouched)) {
                merged = Trees.without(merged, pointer);
            }
        }
        for (Map.Entry<String, @Nullable Object> leaf :
                Pointers.leaves(wanted.tree(), false).entrySet()) {
            if (!leaf.getKey().isEmpty() && !stands(merged, leaf.getKey(), leaf.getValue())) {
                merged = Trees.with(merged, leaf.getKey(), leaf.getValue());
            }
        }
        return merged;
    }

    /** Whether the tree has something at the pointer, a null too. */
    private static boolean isWanted(String pointer, Map<String, Object> tree) {
        List<String> tokens = Pointers.tokens(pointer);
        if (tokens.isEmpty()) {
            return true;
        }
        String parent = pointer.substring(0, pointer.lastIndexOf('/'));
        return Trees.at(tree, parent) instanceof Map<?, ?> map && map.containsKey(tokens.getLast());
    }

    private static boolean stands(Map<String, Object> tree, String pointer, @Nullable Object value) {
        Object live = Trees.at(tree, pointer);
        boolean emptyMapping = value instanceof Map<?, ?> map && map.isEmpty();
        return emptyMapping ? live instanceof Map<?, ?> : isWanted(pointer, tree) && Trees.equal(live, value);
    }
}
