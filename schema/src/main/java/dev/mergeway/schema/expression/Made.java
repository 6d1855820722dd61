package dev.mergeway.schema.expression;

import dev.cel.common.ast.CelExpr;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one evaluation has made so far: values that are each within bounds can be too much together. Used once. */
final class Made {
    /** The one of the evaluation that runs. */
    static final ScopedValue<Made> SO_FAR = ScopedValue.newInstance();

    /** Functions that give one of their arguments, or a part of it, and make nothing. */
    private static final Set<String> PASS_ON = Set.of("_?_:_", "_[_]", "_[?_]", "dyn", "or", "orValue", "value");

    private long total;

    /**
     * Counts a text, list or map that an expression gave. Lists and maps are looked at wherever they are made, so that none gets to a
     * function (nor into the message of one that fails, which shows what it was given) that is too big to be written out.
     */
    void add(CelExpr expression, Object value) {
        switch (expression.getKind()) {
            case CALL -> called(expression.call(), value);
            case LIST, MAP, COMPREHENSION -> tree(value);
            default -> {}
        }
    }

    private void called(CelExpr.CelCall call, Object value) {
        if (PASS_ON.contains(call.function()) || value instanceof Map) {
            return;
        }
        if (value instanceof String text) {
            add(text.length());
        } else if (!loops(call)) {
            tree(value);
        }
    }

    private void tree(Object value) {
        if (!(value instanceof String)) {
            add(Extent.of(value) * Bounds.ITEM);
        }
    }

    /** A step of a loop, which adds an item to the list that the loop makes, and which is counted when that is done. */
    private static boolean loops(CelExpr.CelCall call) {
        return call.function().equals("_+_")
                && call.args().getFirst().getKind() == CelExpr.ExprKind.Kind.IDENT
                && call.args().getFirst().ident().name().equals("@result");
    }

    private void add(long weight) {
        total += weight;
        if (total > Bounds.MAX_MADE) {
            throw new Bounds.ExceededException("it makes too many texts and lists (more than " + Bounds.MAX_MADE
                    + " characters, each value in a list or map counted as " + Bounds.ITEM + ")");
        }
    }

    /** Of how many values a value consists if it is written out; one that is used again counts again. */
    static final class Extent {
        private int values;
        private long characters;

        private Extent() {}

        /**
         * Counts.
         *
         * @throws Bounds.ExceededException if that is more than any resource can hold
         */
        static long of(Object value) {
            Extent extent = new Extent();
            extent.add(value);
            return extent.values;
        }

        private void add(Object value) {
            values++;
            switch (value) {
                case String text -> characters += text.length();
                case Map<?, ?> map ->
                    map.forEach((key, entry) -> {
                        characters += key instanceof String name ? name.length() : 1;
                        add(entry);
                    });
                case Iterable<?> list -> list.forEach(this::add);
                case Optional<?> optional -> optional.ifPresent(this::add);
                case null, default -> {}
            }
            if (values > Bounds.MAX_VALUES || characters > Bounds.MAX_CHARACTERS) {
                throw new Bounds.ExceededException("written out, it makes more than " + Bounds.MAX_VALUES
                        + " values or more than " + Bounds.MAX_CHARACTERS + " characters");
            }
        }
    }
}
