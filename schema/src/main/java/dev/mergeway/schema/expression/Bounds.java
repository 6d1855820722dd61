package dev.mergeway.schema.expression;

import dev.cel.bundle.CelBuilder;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationListener;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Functions of CEL's libraries whose results could grow without bound, with a bound. */
final class Bounds {
    /** Longest text that an expression may make, in characters: a Kubernetes object is at most 1.5 MiB. */
    static final int MAX_TEXT = 1 << 20;

    /** Longest list that an expression may make. */
    private static final int MAX_LIST = 100_000;

    /**
     * Most values in a list or map, all that is below counted: twenty containers of a thousand variables, the most that a
     * Deployment may have, are some 100,000.
     */
    static final int MAX_VALUES = 200_000;

    /** Most characters in a list or map, all that is below counted: an object twice too big for Kubernetes. */
    static final int MAX_CHARACTERS = 4 * MAX_TEXT;

    /** Most that one evaluation may make altogether, in characters: what a body holds goes through ten or so lists and maps. */
    static final int MAX_MADE = 32 * MAX_TEXT;

    /** What each value in a list or map counts, in characters: about the memory of its reference. */
    static final int ITEM = 8;

    /**
     * Sees every intermediate value, so that doubling a text or a list again and again ends before it takes all memory:
     * one step at most doubles what was within the bounds.
     */
    static final CelEvaluationListener INTERMEDIATE = (expression, value) -> {
        if (value instanceof String text && text.length() > MAX_TEXT) {
            throw new ExceededException("it makes a text of more than " + MAX_TEXT + " characters");
        } else if (value instanceof Collection<?> list && list.size() > MAX_LIST) {
            throw new ExceededException("it makes a list of more than " + MAX_LIST + " items");
        } else if (value instanceof CelByteString bytes && bytes.size() > MAX_TEXT) {
            throw new ExceededException("it makes more than " + MAX_TEXT + " bytes");
        }
        if (value instanceof String || value instanceof Collection || value instanceof Map) {
            Made.SO_FAR.get().add(expression, value);
        }
    };

    /** An intermediate value is out of bounds. Unchecked, since it passes through CEL; caught in {@link Expression}. */
    static final class ExceededException extends RuntimeException {
        ExceededException(String message) {
            super(message, null, false, false);
        }
    }

    private Bounds() {}

    static void into(CelBuilder builder) {
        CelType string = SimpleType.STRING;
        CelType list = ListType.create(SimpleType.DYN);
        CelType strings = ListType.create(string);
        member(builder, "replace", "bounded_replace", string, Bounds::replace, string, string, string);
        member(builder, "join", "bounded_join", string, arguments -> join(arguments[0], ""), strings);
        member(builder, "join", "bounded_join_separator", string, Bounds::joinBy, strings, string);
        Functions.add(
                builder, "lists.range", "bounded_range", list, arguments -> range((Long) arguments[0]), SimpleType.INT);
    }

    private static void member(
            CelBuilder builder,
            String name,
            String id,
            CelType result,
            CelFunctionOverload body,
            CelType... parameters) {
        builder.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(
                        name, CelOverloadDecl.newMemberOverload(id, result, parameters)))
                .addFunctionBindings(CelFunctionBinding.from(id, Functions.classes(parameters), body));
    }

    private static String replace(Object[] arguments) throws CelEvaluationException {
        String text = (String) arguments[0];
        String old = (String) arguments[1];
        String by = (String) arguments[2];
        long places = old.isEmpty() ? text.length() + 1L : text.length() / old.length();
        return places * by.length() + text.length() > MAX_TEXT ? tooLong() : text.replace(old, by);
    }

    private static String joinBy(Object[] arguments) throws CelEvaluationException {
        return join(arguments[0], (String) arguments[1]);
    }

    private static String join(Object list, String separator) throws CelEvaluationException {
        StringBuilder text = new StringBuilder();
        String before = "";
        for (Object item : (List<?>) list) {
            if (!(item instanceof String part)) {
                throw new CelEvaluationException("join takes a list of texts; convert with map(x, string(x))");
            }
            text.append(before).append(part);
            before = separator;
            if (text.length() > MAX_TEXT) {
                return tooLong();
            }
        }
        return text.toString();
    }

    private static List<Long> range(long count) throws CelEvaluationException {
        if (count > Language.MAX_ITERATIONS) {
            throw new CelEvaluationException("lists.range goes to at most " + Language.MAX_ITERATIONS);
        }
        return LongStream.range(0, Math.max(0, count)).boxed().toList();
    }

    static String tooLong() throws CelEvaluationException {
        throw new CelEvaluationException("it makes a text of more than " + MAX_TEXT + " characters");
    }
}
