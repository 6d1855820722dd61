package dev.mergeway.schema.expression;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.mergeway.schema.model.Late;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Between trees and what CEL computes with. */
public final class Values {
    /** What an expression gives to leave out the map or list entry that it stands in. */
    public static final String OMIT = "\uFDD2";

    /** Deepest nesting of a result: no honest resource comes near, and a deeper one could exhaust the stack. */
    private static final int MAX_DEPTH = 100;

    private Values() {}

    /** A tree as CEL knows it: null is CEL's null, whole numbers are Long, late leaves are markers. */
    public static Object toCel(@Nullable Object tree, Markers markers) {
        return switch (tree) {
            case null -> NullValue.NULL_VALUE;
            case Late late -> markers.mark(late);
            case Map<?, ?> map -> {
                Map<String, Object> converted = LinkedHashMap.newLinkedHashMap(map.size());
                map.forEach((key, value) -> converted.put(String.valueOf(key), toCel(value, markers)));
                yield Collections.unmodifiableMap(converted);
            }
            case List<?> list -> {
                List<Object> converted = new ArrayList<>(list.size());
                list.forEach(item -> converted.add(toCel(item, markers)));
                yield Collections.unmodifiableList(converted);
            }
            case Integer number -> (long) number;
            case Float number -> (double) number;
            case BigInteger number -> number.doubleValue();
            default -> tree;
        };
    }

    /**
     * What CEL computed, as a tree with markers; entries that are {@link #OMIT} or an empty optional are left out.
     *
     * @throws ExpressionException if it is of a type that no tree has
     */
    static @Nullable Object toTree(@Nullable Object value) throws ExpressionException {
        return toTree(value, 0);
    }

    private static @Nullable Object toTree(@Nullable Object value, int depth) throws ExpressionException {
        if (depth > MAX_DEPTH) {
            throw new ExpressionException("its value is nested more than " + MAX_DEPTH + " levels deep");
        }
        return switch (value) {
            case null -> null;
            case NullValue nothing -> null;
            case String text -> text;
            case Boolean bool -> bool;
            case Long number -> number;
            case Double number -> finite(number);
            case Map<?, ?> map -> map(map, depth);
            case Iterable<?> list -> list(list, depth);
            case Optional<?> optional -> optional.isPresent() ? toTree(optional.get(), depth) : OMIT;
            case UnsignedLong number -> number.longValue();
            case CelByteString bytes -> Base64.getEncoder().encodeToString(bytes.toByteArray());
            case Duration duration -> duration.toSeconds() + "s";
            case Instant instant -> instant.toString();
            default ->
                throw new ExpressionException("it gives a value of a kind that no field can hold ("
                        + value.getClass().getSimpleName() + ")");
        };
    }

    private static Double finite(Double number) throws ExpressionException {
        if (number.isNaN() || number.isInfinite()) {
            throw new ExpressionException("it gives " + number + ", which no field can hold");
        }
        return number;
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> map, int depth) throws ExpressionException {
        Map<String, @Nullable Object> tree = LinkedHashMap.newLinkedHashMap(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object value = toTree(entry.getValue(), depth + 1);
            if (!OMIT.equals(value)) {
                tree.put(String.valueOf(entry.getKey()), value);
            }
        }
        return Collections.unmodifiableMap(tree);
    }

    private static List<@Nullable Object> list(Iterable<?> list, int depth) throws ExpressionException {
        List<@Nullable Object> tree = new ArrayList<>();
        for (Object item : list) {
            Object value = toTree(item, depth + 1);
            if (!OMIT.equals(value)) {
                tree.add(value);
            }
        }
        return Collections.unmodifiableList(tree);
    }
}
