package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.FieldChange;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Pointers;
import dev.mergeway.reconciler.resource.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Leaves that are known only later, and so are missing from what a dry run sees. */
final class Unknowns {
    private Unknowns() {}

    /** The changes with one for each unknown leaf, instead of the removals that its absence looks like. */
    static List<FieldChange> add(Desired desired, @Nullable Map<String, Object> live, List<FieldChange> changes) {
        if (desired.unknown().isEmpty()) {
            return changes;
        }
        Sensitivity sensitivity = Sensitivity.of(desired);
        List<FieldChange> all = new ArrayList<>(changes);
        all.removeIf(
                change -> Pointers.within(change.pointer(), desired.unknown().keySet()));
        desired.unknown().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(leaf -> sensitivity.change(leaf.getKey(), Trees.at(live, leaf.getKey()), leaf.getValue()))
                .forEach(all::add);
        return all;
    }

    /** Whether everything that the server misses stands at an unknown leaf (or holds one), and so will be there. */
    static boolean explain(Desired desired, Reply refusal) {
        List<Map<String, Object>> causes = Look.maps(refusal.body(), "details", "causes");
        return refusal.code() == 422
                && !causes.isEmpty()
                && causes.stream().allMatch(cause -> explains(desired, Look.text(cause, "field")));
    }

    private static boolean explains(Desired desired, String field) {
        String asPointer = "/" + field.replaceAll("\\[(\\d+)\\]", ".$1").replace('.', '/');
        return !field.isEmpty()
                && desired.unknown().keySet().stream()
                        .anyMatch(pointer -> pointer.equals(asPointer) || pointer.startsWith(asPointer + "/"));
    }
}
