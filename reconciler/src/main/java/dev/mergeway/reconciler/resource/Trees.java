package dev.mergeway.reconciler.resource;

import java.util.LinkedHashMap;
import java.util.Map;

/** Small questions about trees (see {@code dev.mergeway.schema.model}). */
public final class Trees {
    private Trees() {}

    /** The entries of a mapping as text, in order; entries without a value are left out. */
    public static Map<String, String> strings(Map<?, ?> mapping) {
        Map<String, String> strings = new LinkedHashMap<>();
        mapping.forEach((key, value) -> {
            if (value != null) {
                strings.put(String.valueOf(key), value.toString());
            }
        });
        return strings;
    }
}
