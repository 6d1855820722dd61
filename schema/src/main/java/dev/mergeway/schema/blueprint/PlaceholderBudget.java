package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.document.Limits;
import dev.mergeway.schema.expression.Text;
import java.util.List;
import java.util.Map;

/** How much the placeholders of one spec may still put into it. Used by one expansion, on one thread. */
final class PlaceholderBudget {
    /** As many characters as a file may have, so that a spec with all filled in is at most about twice what may be written. */
    static final int CHARACTERS = Limits.DEFAULT.bytes();

    private long left = CHARACTERS;

    /** Counts a value that a placeholder gives; false once that is more than all of them may give. */
    boolean takes(Object value) {
        if (left >= 0) {
            left -= value instanceof Map || value instanceof List
                    ? Text.json(value).length()
                    : value.toString().length();
        }
        return left >= 0;
    }
}
