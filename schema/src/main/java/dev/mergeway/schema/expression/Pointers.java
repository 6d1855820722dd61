package dev.mergeway.schema.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON pointers (RFC 6901). */
public final class Pointers {
    private Pointers() {}

    /** The pointer to an entry of what the pointer names. */
    public static String child(String pointer, String name) {
        boolean plain = name.indexOf('~') < 0 && name.indexOf('/') < 0;
        return pointer + "/" + (plain ? name : name.replace("~", "~0").replace("/", "~1"));
    }

    /** The pointer to nested names. */
    public static String of(List<String> path) {
        String pointer = "";
        for (String name : path) {
            pointer = child(pointer, name);
        }
        return pointer;
    }

    /** The names that a pointer is made of, outermost first. */
    public static List<String> path(String pointer) {
        if (pointer.isEmpty()) {
            return List.of();
        }
        return List.of(pointer.substring(1).split("/", -1)).stream()
                .map(name -> name.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    /** The part of a tree that the path leads to, or null where it leads nowhere. */
    public static @Nullable Object find(@Nullable Object tree, List<String> path) {
        Object at = tree;
        for (String name : path) {
            if (at instanceof Map<?, ?> map) {
                at = map.get(name);
            } else if (at instanceof List<?> list && name.matches("\\d{1,6}")) {
                int index = Integer.parseInt(name);
                at = index < list.size() ? list.get(index) : null;
            } else {
                return null;
            }
        }
        return at;
    }
}
