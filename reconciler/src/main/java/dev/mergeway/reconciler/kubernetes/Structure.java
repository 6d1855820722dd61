package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.FieldChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares where no dry run can tell: what is desired against nothing, or against a live object that must be replaced.
 * Elements of lists are the same where their names are; fields that nobody desires do not count.
 */
final class Structure {
    /** What an object is known by is not one of its changes. */
    private static final Set<String> IDENTITY =
            Set.of("/apiVersion", "/kind", "/metadata/name", "/metadata/namespace", Marks.APPLIED_POINTER);

    private final Sensitivity sensitivity;
    private final List<FieldChange> changes = new ArrayList<>();

    private Structure(Sensitivity sensitivity) {
        this.sensitivity = sensitivity;
    }

    /** Each desired leaf that is not live; all of them where nothing is live. */
    static List<FieldChange> between(Desired desired, @Nullable Map<String, Object> live, Map<String, Object> wanted) {
        Structure structure = new Structure(Sensitivity.of(desired));
        structure.walk("", live, wanted);
        return structure.changes;
    }

    private void walk(String pointer, @Nullable Object live, @Nullable Object wanted) {
        if (IDENTITY.contains(pointer)) {
            return;
        }
        switch (wanted) {
            case Map<?, ?> mapping
            when !mapping.isEmpty() ->
                mapping.forEach((name, value) -> {
                    Step step = new Step.Field(name.toString());
                    walk(pointer + "/" + step.token(wanted), step.in(live), value);
                });
            case List<?> list
            when named(list) && (live == null || named(live)) -> {
                for (int i = 0; i < list.size(); i++) {
                    Object name = Objects.requireNonNull(((Map<?, ?>) list.get(i)).get("name"));
                    element(pointer + "/" + i, new Step.Key(Map.of("name", name)).in(live), list.get(i));
                }
            }
            case null, default -> leaf(pointer, live, wanted);
        }
    }

    private void element(String pointer, @Nullable Object live, @Nullable Object wanted) {
        if (live == null && !sensitivity.within(pointer)) {
            changes.add(sensitivity.change(pointer, null, wanted));
        } else {
            walk(pointer, live, wanted);
        }
    }

    private void leaf(String pointer, @Nullable Object live, @Nullable Object wanted) {
        if (!covers(live, wanted) && !(Quantities.at(pointer) && Quantities.same(live, wanted))) {
            changes.add(sensitivity.change(pointer, live, wanted));
        }
    }

    /** Whether all that is wanted is live; what the server added does not matter. */
    private static boolean covers(@Nullable Object live, @Nullable Object wanted) {
        return switch (wanted) {
            case Map<?, ?> mapping ->
                live instanceof Map<?, ?> there
                        && mapping.entrySet().stream()
                                .allMatch(entry -> covers(there.get(entry.getKey()), entry.getValue()));
            case List<?> list -> live instanceof List<?> there && there.size() == list.size() && coversAll(there, list);
            case null, default -> Objects.equals(live, wanted);
        };
    }

    private static boolean coversAll(List<?> live, List<?> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            if (!covers(live.get(i), wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean named(@Nullable Object value) {
        return value instanceof List<?> list
                && !list.isEmpty()
                && list.stream().allMatch(element -> element instanceof Map<?, ?> m && m.get("name") instanceof String);
    }
}
