package dev.mergeway.schema.expression;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationListener;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One compiled CEL expression. Immutable and safe to share. */
public final class Expression {
    private final String text;
    private final Reads reads;
    private final CelRuntime.Program program;

    Expression(String text, Reads reads, CelRuntime.Program program) {
        this.text = text;
        this.reads = reads;
        this.program = program;
    }

    /** The expression as written, without {@code ${}}. */
    public String text() {
        return text;
    }

    /** Names of the variables that it reads. */
    public Set<String> names() {
        return reads.names();
    }

    /** The fields that it reads, each from its variable downwards as far as it is written out; such as [params, replicas]. */
    public List<List<String>> paths() {
        return reads.paths();
    }

    /** Names of the functions that it calls. */
    public Set<String> functions() {
        return reads.functions();
    }

    /**
     * Evaluates.
     *
     * @param variables values as {@link Values#toCel} gives them
     * @param scope late values and files
     * @return a tree that may hold markers, or {@link Values#OMIT}
     * @throws ExpressionException if it cannot be evaluated, with the reason
     */
    public @Nullable Object evaluate(Map<String, ?> variables, Scope scope) throws ExpressionException {
        return evaluate(variables, scope, Bounds.INTERMEDIATE);
    }

    /** Evaluates as {@link #evaluate(Map, Scope)} does, while the listener sees every value on the way. */
    @Nullable
    Object evaluate(Map<String, ?> variables, Scope scope, CelEvaluationListener listener) throws ExpressionException {
        return ScopedValue.where(Functions.SCOPE, scope)
                .where(Made.SO_FAR, new Made())
                .call(() -> evaluate(variables, listener));
    }

    private @Nullable Object evaluate(Map<String, ?> variables, CelEvaluationListener listener)
            throws ExpressionException {
        try {
            return Values.toTree(program.trace(variables, listener));
        } catch (CelEvaluationException failed) {
            throw failure(failed);
        } catch (Bounds.ExceededException exceeded) {
            throw new ExpressionException(String.valueOf(exceeded.getMessage()));
        } catch (StackOverflowError tooDeep) {
            throw new ExpressionException("it is nested too deep to be evaluated");
        }
    }

    private static ExpressionException failure(CelEvaluationException failed) {
        Refusal refusal = Refusal.Raised.within(failed);
        if (refusal != null) {
            return new ExpressionException(refusal);
        }
        return new ExpressionException(
                failed.getCause() instanceof Bounds.ExceededException exceeded
                        ? String.valueOf(exceeded.getMessage())
                        : PlainWords.ofEvaluation(failed));
    }

    /** As it is shown in a message: its beginning, on one line. */
    public String shown() {
        return PlainWords.cut(toString());
    }

    @Override
    public String toString() {
        return "${" + text + "}";
    }
}
