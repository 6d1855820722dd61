package dev.mergeway.schema.expression;

import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the conditions and messages of policies: CEL over named variables. What goes wrong is a value. Safe to share.
 */
public final class Rules {
    private final ExpressionCompiler compiler;

    /** Rules over these variables. */
    public Rules(Collection<String> variables) {
        compiler = new ExpressionCompiler(variables);
    }

    /** A compiled rule, or why there is none. */
    public sealed interface Compiled {}

    /** It could not be compiled; the message says why. */
    public record Invalid(String message) implements Compiled {}

    /** What came of an evaluation. */
    public sealed interface Result {}

    /** A condition's answer. */
    public record Answer(boolean holds) implements Result {}

    /** A message's text. */
    public record Message(String text) implements Result {}

    /** It could not be evaluated; the message says why. */
    public record Failed(String message) implements Result {}

    /** A rule that can be evaluated any number of times. Immutable. */
    public static final class Rule implements Compiled {
        private final Expression expression;
        private final boolean condition;

        private Rule(Expression expression, boolean condition) {
            this.expression = expression;
            this.condition = condition;
        }

        /** The expression as written. */
        public String text() {
            return expression.text();
        }

        /**
         * Evaluates: to an {@link Answer} for a condition, to a {@link Message} for a message. A condition whose answer
         * depends on a value that is known only later has none; a message says how that value is written.
         *
         * @param variables trees by name; may hold null, and late leaves
         */
        public Result evaluate(Map<String, ? extends @Nullable Object> variables) {
            Scope scope = Scope.empty();
            Map<String, Object> values = new HashMap<>();
            variables.forEach((name, tree) -> values.put(name, Values.toCel(tree, scope.markers())));
            return condition ? answer(values, scope) : message(values, scope);
        }

        private Result answer(Map<String, Object> values, Scope scope) {
            if (!scope.markers().late(values)) {
                return answer(values, scope, Bounds.INTERMEDIATE);
            }
            Unknown unknown = new Unknown(scope.markers());
            Result result = answer(values, scope, unknown);
            return result instanceof Failed
                    ? unknown.met().<Result>map(Failed::new).orElse(result)
                    : result;
        }

        private Result answer(Map<String, Object> values, Scope scope, CelEvaluationListener listener) {
            try {
                return answer(expression.evaluate(values, scope, listener));
            } catch (ExpressionException failed) {
                return new Failed(String.valueOf(failed.getMessage()));
            }
        }

        private Result message(Map<String, Object> values, Scope scope) {
            try {
                return message(expression.evaluate(values, scope), scope);
            } catch (ExpressionException failed) {
                return new Failed(scope.markers().spell(String.valueOf(failed.getMessage())));
            }
        }

        private static Result answer(@Nullable Object value) {
            return value instanceof Boolean holds
                    ? new Answer(holds)
                    : new Failed("it gives " + (value == null ? "nothing" : "'" + value + "'") + ", not true or false");
        }

        private static Result message(@Nullable Object value, Scope scope) {
            return value == null || value instanceof Map || value instanceof Iterable
                    ? new Failed("it gives no text")
                    : new Message(scope.markers().spell(value.toString()));
        }
    }

    /** Compiles a condition. */
    public Compiled condition(String text) {
        return compile(text, true);
    }

    /** Compiles the text of a message. */
    public Compiled message(String text) {
        return compile(text, false);
    }

    private Compiled compile(String text, boolean condition) {
        try {
            return new Rule(compiler.compile(text), condition);
        } catch (ExpressionException failed) {
            return new Invalid(String.valueOf(failed.getMessage()));
        }
    }
}
