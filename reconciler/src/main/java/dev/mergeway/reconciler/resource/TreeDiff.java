package dev.mergeway.reconciler.resource;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How one tree differs from another, field by field. Lists of named things ({@code name} on every element, each once) are
 * matched by name, so that one that was put in does not make all that follow differ; other lists by place. A pointer into
 * a list counts its elements as they are afterwards; for an element that goes away, as they were before.
 */
public final class TreeDiff {
    private final Collection<String> sensitive;
    private final List<FieldChange> changes = new ArrayList<>();

    private TreeDiff(Collection<String> sensitive) {
        this.sensitive = sensitive;
    }

    /**
     * All changes that lead from one tree to the other, in the order of the new one, with what goes away first in each
     * mapping. Both are free of late leaves.
     *
     * @param sensitive pointers at and below which no value may be shown
     */
    public static List<FieldChange> between(
            @Nullable Object before, @Nullable Object after, Collection<String> sensitive) {
        TreeDiff diff = new TreeDiff(sensitive);
        diff.compare("", before, after);
        return List.copyOf(diff.changes);
    }

    /** A change with its values, or without them where it is at, below or above a sensitive place. */
    public static FieldChange change(
            String pointer, @Nullable Object before, @Nullable Object after, Collection<String> sensitive) {
        boolean hidden = Pointers.within(pointer, sensitive)
                || sensitive.stream().anyMatch(place -> Pointers.within(place, pointer));
        return hidden ? new FieldChange(pointer, null, null, true) : new FieldChange(pointer, before, after, false);
    }

    private void compare(String pointer, @Nullable Object before, @Nullable Object after) {
        if (Trees.equal(before, after)) {
            return;
        }
        if (before instanceof Map<?, ?> one && after instanceof Map<?, ?> other) {
            compareMaps(pointer, Trees.typed(one), Trees.typed(other));
        } else if (before instanceof List<?> one && after instanceof List<?> other) {
            compareLists(pointer, one, other);
        } else if (before == null && after instanceof Map<?, ?> other && !other.isEmpty() && holdsSensitive(pointer)) {
            compareMaps(pointer, Map.of(), Trees.typed(other));
        } else if (after == null && before instanceof Map<?, ?> one && !one.isEmpty() && holdsSensitive(pointer)) {
            compareMaps(pointer, Trees.typed(one), Map.of());
        } else {
            changes.add(change(pointer, before, after, sensitive));
        }
    }

    private boolean holdsSensitive(String pointer) {
        return sensitive.stream().anyMatch(place -> Pointers.within(place, pointer));
    }

    private void compareMaps(String pointer, Map<String, Object> before, Map<String, Object> after) {
        Set<String> gone = new TreeSet<>(before.keySet());
        gone.removeAll(after.keySet());
        gone.forEach(key -> compare(Pointers.child(pointer, key), before.get(key), null));
        after.forEach((key, value) -> compare(Pointers.child(pointer, key), before.get(key), value));
    }

    private void compareLists(String pointer, List<?> before, List<?> after) {
        Map<String, Integer> namesBefore = names(before);
        Map<String, Integer> namesAfter = names(after);
        if (namesBefore.size() != before.size() || namesAfter.size() != after.size()) {
            compareByPlace(pointer, before, after);
            return;
        }
        List<String> keptBefore = new ArrayList<>(namesBefore.keySet());
        keptBefore.retainAll(namesAfter.keySet());
        List<String> keptAfter = new ArrayList<>(namesAfter.keySet());
        keptAfter.retainAll(namesBefore.keySet());
        if (!keptBefore.equals(keptAfter)) {
            // The order changed: no pointer into either list would tell the truth.
            changes.add(change(pointer, before, after, sensitive));
            return;
        }
        namesBefore.forEach((name, index) -> {
            if (!namesAfter.containsKey(name)) {
                changes.add(change(Pointers.child(pointer, index), before.get(index), null, sensitive));
            }
        });
        namesAfter.forEach((name, index) -> {
            Integer was = namesBefore.get(name);
            compare(Pointers.child(pointer, index), was == null ? null : before.get(was), after.get(index));
        });
    }

    private void compareByPlace(String pointer, List<?> before, List<?> after) {
        for (int index = 0; index < Math.max(before.size(), after.size()); index++) {
            compare(
                    Pointers.child(pointer, index),
                    index < before.size() ? before.get(index) : null,
                    index < after.size() ? after.get(index) : null);
        }
    }

    private static Map<String, Integer> names(List<?> list) {
        Map<String, Integer> names = new LinkedHashMap<>();
        for (int index = 0; index < list.size(); index++) {
            if (list.get(index) instanceof Map<?, ?> element && element.get("name") instanceof String name) {
                names.putIfAbsent(name, index);
            }
        }
        return names;
    }
}
