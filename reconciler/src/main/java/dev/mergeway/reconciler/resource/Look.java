package dev.mergeway.reconciler.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks into trees that others wrote: what is absent or of another shape than asked for is simply not there. */
public final class Look {
    private Look() {}

    /** What stands under the keys, or null where any of them is missing. */
    public static @Nullable Object at(@Nullable Object tree, String... keys) {
        Object here = tree;
        for (String key : keys) {
            here = here instanceof Map<?, ?> mapping ? mapping.get(key) : null;
        }
        return here;
    }

    /** The text of the scalar under the keys, "" where there is none. */
    public static String text(@Nullable Object tree, String... keys) {
        Object found = at(tree, keys);
        return found == null || found instanceof Map<?, ?> || found instanceof List<?> ? "" : found.toString();
    }

    /** The integer under the keys, {@code otherwise} where there is none. */
    public static long number(@Nullable Object tree, long otherwise, String... keys) {
        return at(tree, keys) instanceof Number number ? number.longValue() : otherwise;
    }

    /** Whether the value under the keys is {@code true}. */
    public static boolean yes(@Nullable Object tree, String... keys) {
        return Boolean.TRUE.equals(at(tree, keys));
    }

    /** The mapping under the keys, empty where there is none. */
    @SuppressWarnings("unchecked") // trees have text keys alone
    public static Map<String, Object> map(@Nullable Object tree, String... keys) {
        return at(tree, keys) instanceof Map<?, ?> mapping ? (Map<String, Object>) mapping : Map.of();
    }

    /** The elements of the list under the keys, empty where there is none. */
    public static List<?> list(@Nullable Object tree, String... keys) {
        return at(tree, keys) instanceof List<?> list ? list : List.of();
    }

    /** The elements of the list under the keys that are mappings. */
    public static List<Map<String, Object>> maps(@Nullable Object tree, String... keys) {
        List<Map<String, Object>> maps = new ArrayList<>();
        for (Object element : list(tree, keys)) {
            if (element instanceof Map<?, ?>) {
                maps.add(map(element));
            }
        }
        return maps;
    }
}
