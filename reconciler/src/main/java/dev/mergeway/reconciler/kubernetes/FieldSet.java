package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Look;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields of an object that somebody owns.
 *
 * @param children what is owned below, by step; empty for a leaf
 */
record FieldSet(Map<Step, FieldSet> children) {
    static final FieldSet EMPTY = new FieldSet(Map.of());

    /** What our server-side applies own of a live object; empty where they own nothing. */
    static FieldSet ours(Map<String, Object> object) {
        FieldSet set = EMPTY;
        for (Map<String, Object> entry : Look.maps(object, "metadata", "managedFields")) {
            if (isOurs(entry)) {
                set = set.with(of(Look.map(entry, "fieldsV1")));
            }
        }
        return set;
    }

    static boolean isOurs(Map<String, Object> entry) {
        return Look.text(entry, "manager").equals(Api.MANAGER)
                && Look.text(entry, "operation").equals("Apply")
                && Look.text(entry, "subresource").isEmpty();
    }

    /** Reads FieldsV1: a trie whose names begin with {@code f: k: v: i:}; {@code .} stands for the node itself. */
    static FieldSet of(Map<String, Object> fields) {
        Map<Step, FieldSet> children = new LinkedHashMap<>();
        fields.forEach((name, below) -> {
            Step step = step(name);
            if (step != null) {
                children.put(step, of(Look.map(below)));
            }
        });
        return new FieldSet(children);
    }

    boolean isEmpty() {
        return children.isEmpty();
    }

    FieldSet child(Step step) {
        return children.getOrDefault(step, EMPTY);
    }

    /** Whether the path or anything above it that is a leaf is in the set. */
    boolean covers(Iterable<Step> path) {
        FieldSet here = this;
        for (Step step : path) {
            FieldSet next = here.children.get(step);
            if (next == null) {
                return here != this && here.isEmpty();
            }
            here = next;
        }
        return true;
    }

    private FieldSet with(FieldSet other) {
        if (isEmpty()) {
            return other;
        }
        Map<Step, FieldSet> union = new LinkedHashMap<>(children);
        other.children.forEach((step, below) -> union.merge(step, below, FieldSet::with));
        return new FieldSet(union);
    }

    private static @Nullable Step step(String name) {
        if (name.length() < 2 || name.charAt(1) != ':') {
            return null;
        }
        String rest = name.substring(2);
        return switch (name.charAt(0)) {
            case 'f' -> new Step.Field(rest);
            case 'k' -> new Step.Key(Look.map(Json.readValue(rest)));
            case 'v' -> new Step.Value(Json.readValue(rest));
            case 'i' -> rest.matches("\\d{1,9}") ? new Step.Index(Integer.parseInt(rest)) : null;
            default -> null;
        };
    }
}
