package dev.mergeway.reconciler.resource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /** The mapping at a place, unmodifiable; empty where there is none. */
    public static Map<String, Object> mapping(@Nullable Object tree, String pointer) {
        return at(tree, pointer) instanceof Map<?, ?> map ? typed(map) : Map.of();
    }

    /** The text at a place; "" where there is none. */
    public static String text(@Nullable Object tree, String pointer) {
        return at(tree, pointer) instanceof String text ? text : "";
    }

    /** What stands at a JSON pointer; null where there is nothing, or a null. */
    public static @Nullable Object at(@Nullable Object tree, String pointer) {
        Object here = tree;
        for (String token : Pointers.tokens(pointer)) {
            here = child(here, token);
        }
        return here;
    }

    private static @Nullable Object child(@Nullable Object tree, String token) {
        return switch (tree) {
            case Map<?, ?> map -> map.get(token);
            case List<?> list -> {
                int index = Pointers.index(token);
                yield index >= 0 && index < list.size() ? list.get(index) : null;
            }
            case null, default -> null;
        };
    }

    /**
     * A copy with a value set. Mappings that are missing on the way (or are no mapping) are made; a list on the way is
     * entered at an index that exists, else left as it is.
     */
    public static Map<String, Object> with(Map<String, Object> tree, String pointer, @Nullable Object value) {
        List<String> tokens = Pointers.tokens(pointer);
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException("a whole tree is not set into itself");
        }
        return set(tree, tokens, value) instanceof Map<?, ?> map ? typed(map) : tree;
    }

    private static @Nullable Object set(@Nullable Object tree, List<String> tokens, @Nullable Object value) {
        if (tokens.isEmpty()) {
            return copy(value);
        }
        String token = tokens.getFirst();
        List<String> rest = tokens.subList(1, tokens.size());
        if (tree instanceof List<?> list) {
            int index = Pointers.index(token);
            List<@Nullable Object> changed = new ArrayList<>(list);
            if (index >= 0 && index < list.size()) {
                changed.set(index, set(list.get(index), rest, value));
            }
            return Collections.unmodifiableList(changed);
        }
        Map<String, @Nullable Object> changed =
                new LinkedHashMap<>(tree instanceof Map<?, ?> map ? typed(map) : Map.of());
        changed.put(token, set(changed.get(token), rest, value));
        return Collections.unmodifiableMap(changed);
    }

    /** A copy without what stands at a pointer, and without the mappings that this leaves empty. An element of a list stays. */
    public static Map<String, Object> without(Map<String, Object> tree, String pointer) {
        List<String> tokens = Pointers.tokens(pointer);
        Object left = tokens.isEmpty() ? null : removed(tree, tokens);
        return left == null ? Map.of() : typed((Map<?, ?>) left);
    }

    private static @Nullable Object removed(@Nullable Object tree, List<String> tokens) {
        if (!(tree instanceof Map<?, ?> map) || !map.containsKey(tokens.getFirst())) {
            return tree;
        }
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(typed(map));
        Object left =
                tokens.size() == 1 ? null : removed(changed.get(tokens.getFirst()), tokens.subList(1, tokens.size()));
        if (left == null) {
            changed.remove(tokens.getFirst());
        } else {
            changed.put(tokens.getFirst(), left);
        }
        return changed.isEmpty() ? null : Collections.unmodifiableMap(changed);
    }

    /** Whether two trees say the same: mappings whatever their order, numbers by value, so that 1 is 1.0. */
    public static boolean equal(@Nullable Object one, @Nullable Object other) {
        return switch (one) {
            case null -> other == null;
            case Map<?, ?> map -> other instanceof Map<?, ?> second && equalMaps(map, second);
            case List<?> list -> other instanceof List<?> second && equalLists(list, second);
            case Number number -> other instanceof Number second && equalNumbers(number, second);
            default -> one.equals(other);
        };
    }

    private static boolean equalMaps(Map<?, ?> one, Map<?, ?> other) {
        return one.size() == other.size()
                && one.entrySet().stream()
                        .allMatch(entry -> other.containsKey(entry.getKey())
                                && equal(entry.getValue(), other.get(entry.getKey())));
    }

    private static boolean equalLists(List<?> one, List<?> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int index = 0; index < one.size(); index++) {
            if (!equal(one.get(index), other.get(index))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalNumbers(Number one, Number other) {
        if (one.equals(other)) {
            return true;
        }
        double first = one.doubleValue();
        double second = other.doubleValue();
        if (!Double.isFinite(first) || !Double.isFinite(second)) {
            return Double.compare(first, second) == 0;
        }
        return decimal(one).compareTo(decimal(other)) == 0;
    }

    private static BigDecimal decimal(Number number) {
        return switch (number) {
            case BigDecimal decimal -> decimal;
            case BigInteger integer -> new BigDecimal(integer);
            case Double real -> BigDecimal.valueOf(real);
            case Float real -> BigDecimal.valueOf(real);
            default -> BigDecimal.valueOf(number.longValue());
        };
    }

    /** A deep copy that nobody can change; whole numbers that fit become {@code Long}. Other leaves stay as they are. */
    public static @Nullable Object copy(@Nullable Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> copy(typed(map));
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                list.forEach(element -> copy.add(copy(element)));
                yield Collections.unmodifiableList(copy);
            }
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case Byte number -> number.longValue();
            case null, default -> tree;
        };
    }

    /** As {@link #copy(Object)}, of a mapping. */
    public static Map<String, Object> copy(Map<String, Object> tree) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        tree.forEach((key, value) -> copy.put(key, copy((Object) value)));
        return Collections.unmodifiableMap(copy);
    }

    /** A mapping of a tree, whose keys are text by definition. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> typed(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}
