package dev.mergeway.schema.expression;

import dev.cel.bundle.Cel;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.runtime.CelEvaluationException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Compiles CEL over given variables. Cheap to make: CEL itself is loaded at the first compilation. Safe to share. */
public final class ExpressionCompiler {
    private final List<String> variables;
    private final LazyCel cel;

    /** A compiler of expressions that may read these variables. */
    public ExpressionCompiler(Collection<String> variables) {
        this.variables = List.copyOf(new TreeSet<>(variables));
        this.cel = new LazyCel(this.variables);
    }

    /** The variables that expressions may read, sorted. */
    public List<String> variables() {
        return variables;
    }

    /**
     * Compiles one expression.
     *
     * @param text CEL, without {@code ${}}
     * @throws ExpressionException if it is no valid expression, with the reason
     */
    public Expression compile(String text) throws ExpressionException {
        if (text.length() > Language.MAX_LENGTH) {
            throw new ExpressionException("it is longer than " + Language.MAX_LENGTH + " characters");
        }
        if (Markers.reserved(text)) {
            throw new ExpressionException("it holds a character that is reserved (U+FDD0 to U+FDD2)");
        }
        Cel language = cel.cel();
        CelValidationResult result = language.compile(text);
        if (result.hasError()) {
            throw new ExpressionException(PlainWords.ofCompilation(result.getErrors(), variables));
        }
        try {
            CelAbstractSyntaxTree ast = result.getAst();
            return new Expression(text.strip(), Reads.of(ast.getExpr()), language.createProgram(ast));
        } catch (CelValidationException | CelEvaluationException unexpected) {
            throw new ExpressionException(String.valueOf(unexpected.getMessage()));
        }
    }

    /** Made at the first use, since loading CEL takes about a second. */
    private static final class LazyCel {
        private final List<String> variables;
        private volatile @org.jspecify.annotations.Nullable Cel made;

        LazyCel(List<String> variables) {
            this.variables = variables;
        }

        Cel cel() {
            Cel cel = made;
            if (cel == null) {
                cel = Language.over(variables);
                made = cel;
            }
            return cel;
        }
    }
}
