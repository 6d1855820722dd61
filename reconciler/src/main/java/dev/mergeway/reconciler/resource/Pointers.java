package dev.mergeway.reconciler.resource;

import dev.mergeway.schema.model.Late;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON pointers (RFC 6901) as text. */
public final class Pointers {
    private Pointers() {}

    /** The pointer one step further. */
    public static String child(String pointer, String token) {
        return pointer + "/" + token.replace("~", "~0").replace("/", "~1");
    }

    /** The pointer to an element of a list. */
    public static String child(String pointer, int index) {
        return pointer + "/" + index;
    }

    /** Its steps, unescaped; none for the whole document. */
    public static List<String> tokens(String pointer) {
        if (pointer.isEmpty()) {
            return List.of();
        }
        List<String> tokens = new ArrayList<>();
        int start = 1;
        while (start <= pointer.length()) {
            int slash = pointer.indexOf('/', start);
            int end = slash < 0 ? pointer.length() : slash;
            tokens.add(pointer.substring(start, end).replace("~1", "/").replace("~0", "~"));
            start = end + 1;
        }
        return tokens;
    }

    /** The step as an index of a list, -1 where it is none. */
    public static int index(String token) {
        if (token.isEmpty() || token.length() > 9) {
            return -1;
        }
        return token.chars().allMatch(digit -> digit >= '0' && digit <= '9') ? Integer.parseInt(token) : -1;
    }

    /** Whether a pointer names the other's place or one below it. */
    public static boolean within(String pointer, String ancestor) {
        return pointer.startsWith(ancestor)
                && (pointer.length() == ancestor.length() || pointer.charAt(ancestor.length()) == '/');
    }

    /** Whether a pointer names one of the places or one below them. */
    public static boolean within(String pointer, Collection<String> ancestors) {
        return ancestors.stream().anyMatch(ancestor -> within(pointer, ancestor));
    }

    /**
     * What stands at the ends of a tree, by pointer, in the tree's order: scalars, {@link Late} leaves, empty mappings,
     * and lists.
     *
     * @param intoLists whether the elements of lists are entered; a list counts as one leaf otherwise
     */
    public static Map<String, @Nullable Object> leaves(@Nullable Object tree, boolean intoLists) {
        Map<String, @Nullable Object> leaves = new LinkedHashMap<>();
        collect("", tree, intoLists, leaves);
        return Collections.unmodifiableMap(leaves);
    }

    private static void collect(
            String pointer, @Nullable Object tree, boolean intoLists, Map<String, @Nullable Object> leaves) {
        if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, value) -> collect(child(pointer, String.valueOf(key)), value, intoLists, leaves));
        } else if (intoLists && tree instanceof List<?> list && !list.isEmpty()) {
            for (int index = 0; index < list.size(); index++) {
                collect(child(pointer, index), list.get(index), true, leaves);
            }
        } else {
            leaves.put(pointer, tree);
        }
    }
}
