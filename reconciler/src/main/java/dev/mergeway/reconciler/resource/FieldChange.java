package dev.mergeway.reconciler.resource;

import org.jspecify.annotations.Nullable;

/**
 * One field that an action changes.
 *
 * @param pointer RFC 6901 JSON pointer into the resource
 * @param before value before as a tree, null where there was none
 * @param after value after as a tree, null where there will be none; a text in {@code ${…}} where it is known only later
 * @param sensitive whether the values must not be shown; they are null then
 */
public record FieldChange(
        String pointer, @Nullable Object before, @Nullable Object after, boolean sensitive) {
    public FieldChange {
        if (sensitive && (before != null || after != null)) {
            throw new IllegalArgumentException("a sensitive change carries no values: " + pointer);
        }
    }
}
