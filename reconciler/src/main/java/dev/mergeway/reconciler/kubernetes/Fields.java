package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.FieldChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an apply changes in the fields that we own: only these, list elements by their merge keys. */
final class Fields {
    private final Sensitivity sensitivity;
    private final List<FieldChange> changes = new ArrayList<>();

    private Fields(Sensitivity sensitivity) {
        this.sensitivity = sensitivity;
    }

    /**
     * Compares the live object with what a dry run of the apply made of it.
     *
     * @param live as it is, or null where there is none
     * @param result as it would be
     */
    static List<FieldChange> between(Desired desired, @Nullable Map<String, Object> live, Map<String, Object> result) {
        Fields fields = new Fields(Sensitivity.of(desired));
        FieldSet before = live == null ? FieldSet.EMPTY : FieldSet.ours(live);
        fields.walk(before, FieldSet.ours(result), new Place(live, result, desired.body(), ""));
        return fields.changes;
    }

    /**
     * The same place in the three objects.
     *
     * @param pointer leads to it in the desired object where that has it, else in the result, else in the live one
     */
    private record Place(
            @Nullable Object live,
            @Nullable Object result,
            @Nullable Object desired,
            String pointer) {
        Place down(Step step) {
            String token = step.token(desired);
            if (token == null) {
                token = step.token(result);
            }
            if (token == null) {
                token = step.token(live);
            }
            return new Place(step.in(live), step.in(result), step.in(desired), pointer + "/" + token);
        }

        boolean nothing() {
            return live == null && result == null;
        }
    }

    private void walk(FieldSet before, FieldSet after, Place place) {
        if (before.isEmpty() && after.isEmpty()) {
            leaf(place);
            return;
        }
        Set<Step> steps = new LinkedHashSet<>(after.children().keySet());
        steps.addAll(before.children().keySet());
        for (Step step : steps) {
            Place below = place.down(step);
            if (below.nothing() || below.pointer().equals(Marks.APPLIED_POINTER)) {
                continue;
            }
            if (step instanceof Step.Element && !sensitivity.within(below.pointer())) {
                if (below.live() == null) {
                    add(below.pointer(), null, part(after.child(step), below.result()));
                    continue;
                }
                if (below.result() == null) {
                    add(below.pointer(), part(before.child(step), below.live()), null);
                    continue;
                }
            }
            walk(before.child(step), after.child(step), below);
        }
    }

    private void leaf(Place place) {
        boolean same = Objects.equals(place.live(), place.result())
                || Quantities.at(place.pointer()) && Quantities.same(place.live(), place.result());
        if (!same) {
            add(place.pointer(), place.live(), place.result());
        }
    }

    private void add(String pointer, @Nullable Object before, @Nullable Object after) {
        changes.add(sensitivity.change(pointer, before, after));
    }

    /** The part of a value that is in the set, so that defaults which nobody asked for are not shown. */
    static @Nullable Object part(FieldSet set, @Nullable Object value) {
        if (set.isEmpty() || value == null) {
            return value;
        }
        if (value instanceof List<?>) {
            List<Object> list = new ArrayList<>();
            set.children().forEach((step, below) -> {
                Object element = part(below, step.in(value));
                if (element != null) {
                    list.add(element);
                }
            });
            return list;
        }
        Map<String, Object> mapping = new LinkedHashMap<>();
        set.children().forEach((step, below) -> {
            Object field = part(below, step.in(value));
            if (field != null && step instanceof Step.Field(String name)) {
                mapping.put(name, field);
            }
        });
        return mapping;
    }
}
