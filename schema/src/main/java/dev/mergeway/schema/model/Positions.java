package dev.mergeway.schema.model;

import java.util.Map;

/**
 * Where each part of a document stands in its file, by JSON pointer.
 *
 * @param byPointer position of the key (in a mapping) or the element (in a sequence) that each pointer names
 */
public record Positions(Map<String, Position> byPointer) {
    /** For documents that were made, not read: everything is at the start. */
    public static final Positions NONE = new Positions(Map.of());

    public Positions {
        byPointer = Map.copyOf(byPointer);
    }

    /** Position of the pointer, or of its nearest ancestor that has one, so that something missing is shown at its parent. */
    public Position of(String pointer) {
        String at = pointer;
        while (true) {
            Position found = byPointer.get(at);
            if (found != null) {
                return found;
            }
            int slash = at.lastIndexOf('/');
            if (slash < 0) {
                return Position.START;
            }
            at = at.substring(0, slash);
        }
    }
}
