package dev.mergeway.reconciler.kubernetes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON pointers (RFC 6901) and the paths that the API server writes: {@code .spec.containers[name="web"].image}. */
final class Pointers {
    private static final Pattern BRACKET = Pattern.compile("\\[([^\\]]{0,300})\\]");
    private static final Pattern KEY = Pattern.compile("([A-Za-z]+)=(\"[^\"]*\"|[^,]+)");

    private Pointers() {}

    /** The place as a person would write it: {@code spec.containers[0].image}. */
    static String words(String pointer) {
        StringBuilder words = new StringBuilder();
        for (String token : dev.mergeway.reconciler.resource.Pointers.tokens(pointer)) {
            if (dev.mergeway.reconciler.resource.Pointers.index(token) >= 0) {
                words.append('[').append(token).append(']');
            } else {
                words.append(words.isEmpty() ? "" : ".").append(token);
            }
        }
        return words.toString();
    }

    /** The pointer of the same place in this object, as far as it can be followed there. */
    static String of(String path, Object tree) {
        StringBuilder pointer = new StringBuilder();
        String rest = path.isEmpty() || path.startsWith(".") || path.startsWith("[") ? path : "." + path;
        Object here = tree;
        while (!rest.isEmpty()) {
            Hop hop = hop(rest, here);
            if (hop == null) {
                break;
            }
            String token = hop.step().token(here);
            if (token == null) {
                break;
            }
            pointer.append('/').append(token);
            here = hop.step().in(here);
            rest = rest.substring(hop.length());
        }
        return pointer.toString();
    }

    private record Hop(Step step, int length) {}

    private static @Nullable Hop hop(String rest, @Nullable Object here) {
        if (rest.startsWith("[")) {
            Matcher bracket = BRACKET.matcher(rest);
            return bracket.lookingAt() ? new Hop(element(bracket.group(1), here), bracket.end()) : null;
        }
        if (!rest.startsWith(".")) {
            return null;
        }
        String name = longestField(rest, here);
        return name.isEmpty() ? null : new Hop(new Step.Field(name), name.length() + 1);
    }

    /** A field's name may hold dots: the longest that the object has is meant, else what ends at the next dot. */
    private static String longestField(String rest, @Nullable Object here) {
        String longest = "";
        if (here instanceof Map<?, ?> mapping) {
            for (Object key : mapping.keySet()) {
                String name = key.toString();
                String after = rest.startsWith("." + name) ? rest.substring(name.length() + 1) : "?";
                boolean whole = after.isEmpty() || after.startsWith(".") || after.startsWith("[");
                longest = whole && name.length() > longest.length() ? name : longest;
            }
        }
        return longest.isEmpty() ? rest.substring(1).split("[.\\[]", 2)[0] : longest;
    }

    private static Step element(String inside, @Nullable Object here) {
        if (here instanceof Map<?, ?>) {
            return new Step.Field(inside);
        }
        if (inside.matches("\\d{1,9}")) {
            return new Step.Index(Integer.parseInt(inside));
        }
        Map<String, Object> keys = new LinkedHashMap<>();
        Matcher key = KEY.matcher(inside);
        while (key.find()) {
            Object value = Json.readValue(key.group(2));
            keys.put(key.group(1), value == null ? key.group(2) : value);
        }
        return keys.isEmpty() ? new Step.Value(Json.readValue(inside)) : new Step.Key(keys);
    }
}
