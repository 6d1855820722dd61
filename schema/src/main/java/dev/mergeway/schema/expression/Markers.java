package dev.mergeway.schema.expression;

import dev.mergeway.schema.model.Late;
import dev.mergeway.schema.model.ResourceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Texts that stand in for late values while expressions work on them. A marker flows through string operations, lists
 * and maps as any text does; afterwards {@link #reveal} turns each leaf that holds markers into a {@link Late}. Since a
 * marker knows its late value, it knows whether that is secret. One for each expansion; not thread-safe.
 *
 * <p>Markers are made of Unicode noncharacters (U+FDD0 and U+FDD1), which are reserved for the internal use of programs and so never
 * part of an honest text; {@link #reserved} lets a caller refuse a text that has them.
 */
public final class Markers {
    private static final char OPEN = '\uFDD0';
    private static final char CLOSE = '\uFDD1';
    private static final char LAST_RESERVED = '\uFDD2';

    private final List<Late> lates;

    /** None yet. */
    public Markers() {
        this(List.of());
    }

    private Markers(List<Late> lates) {
        this.lates = new ArrayList<>(lates);
    }

    /** A copy that may grow on its own, for work that is done later. */
    public Markers fork() {
        return new Markers(lates);
    }

    /** Whether a text that came from outside holds characters that only markers may have. */
    public static boolean reserved(String text) {
        for (int index = 0; index < text.length(); index++) {
            char at = text.charAt(index);
            if (at >= OPEN && at <= LAST_RESERVED) {
                return true;
            }
        }
        return false;
    }

    /** The text that stands for the late value from now on. */
    public String mark(Late late) {
        lates.add(late);
        return OPEN + Integer.toString(lates.size() - 1) + CLOSE;
    }

    /** Whether the text holds a marker. */
    public static boolean marked(String text) {
        return text.indexOf(OPEN) >= 0;
    }

    /** All late values in a tree with markers, in order, with repetitions. */
    public List<Late> within(@Nullable Object tree) {
        List<Late> found = new ArrayList<>();
        any(tree, text -> {
            lates(text, found);
            return false;
        });
        return found;
    }

    /** Whether a tree holds a marker anywhere. */
    public boolean late(@Nullable Object tree) {
        return any(tree, Markers::marked);
    }

    /** Whether a tree holds the marker of a secret anywhere. */
    public boolean secret(@Nullable Object tree) {
        return any(tree, text -> {
            List<Late> found = new ArrayList<>();
            lates(text, found);
            return found.stream().anyMatch(Late::secret);
        });
    }

    private static boolean any(@Nullable Object tree, Predicate<String> test) {
        return switch (tree) {
            case String text -> marked(text) && test.test(text);
            case Map<?, ?> map ->
                map.entrySet().stream().anyMatch(entry -> any(entry.getKey(), test) || any(entry.getValue(), test));
            case Iterable<?> list -> {
                boolean found = false;
                for (Object item : list) {
                    found |= any(item, test);
                }
                yield found;
            }
            case Optional<?> optional -> optional.isPresent() && any(optional.get(), test);
            case null, default -> false;
        };
    }

    private void lates(String text, List<Late> into) {
        for (Object part : parts(text)) {
            if (part instanceof Late late) {
                into.add(late);
            }
        }
    }

    /** The text with each marker replaced by what its late value shows of itself. Stable, and free of secrets. */
    public String spell(String text) {
        if (!marked(text)) {
            return text;
        }
        StringBuilder spelled = new StringBuilder();
        for (Object part : parts(text)) {
            spelled.append(part instanceof Late late ? late.text() : part);
        }
        return spelled.toString();
    }

    /**
     * The text with each marker replaced by its value.
     *
     * @throws Late.UnresolvedException if a live body lacks what is read
     */
    public @Nullable Object resolve(@Nullable Object tree, Map<ResourceKey, Map<String, Object>> live)
            throws Late.UnresolvedException {
        if (tree instanceof String text && marked(text)) {
            return Composition.resolve(parts(text), live);
        } else if (tree instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> resolved = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                resolved.put(String.valueOf(entry.getKey()), resolve(entry.getValue(), live));
            }
            return resolved;
        } else if (tree instanceof List<?> list) {
            List<@Nullable Object> resolved = new ArrayList<>();
            for (Object item : list) {
                resolved.add(resolve(item, live));
            }
            return resolved;
        }
        return tree;
    }

    /**
     * What a text stands for: itself where it has no marker, the late value where it is one marker, else a late value
     * composed of its parts.
     *
     * @throws ExpressionException if a marker was cut, or a generated value is mixed with text
     */
    public Object reveal(String text) throws ExpressionException {
        if (!reserved(text)) {
            return text;
        }
        List<Object> parts = parts(text);
        for (Object part : parts) {
            if (part instanceof String piece && reserved(piece)) {
                throw new ExpressionException(
                        "it takes apart a value that is known only once other resources are live; use the value whole");
            }
        }
        return Composition.of(parts);
    }

    private List<Object> parts(String text) {
        List<Object> parts = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int open = text.indexOf(OPEN, from);
            int close = open < 0 ? -1 : text.indexOf(CLOSE, open);
            Late late = close < 0 ? null : numbered(text.substring(open + 1, close));
            if (late == null) {
                parts.add(text.substring(from));
                return parts;
            }
            if (open > from) {
                parts.add(text.substring(from, open));
            }
            parts.add(late);
            from = close + 1;
        }
        return parts;
    }

    private @Nullable Late numbered(String digits) {
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(Character::isDigit)) {
            return null;
        }
        int index = Integer.parseInt(digits);
        return index < lates.size() ? lates.get(index) : null;
    }
}
