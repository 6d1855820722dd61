package dev.mergeway.schema.expression;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A tree with expressions in <code>${…}</code>, compiled. A text that is one expression becomes that expression's value, of its own
 * type; mixed text becomes text. A map or list entry whose value is <code>omit()</code> is left out. Immutable.
 */
public sealed interface Template {
    /** Something to say about a place in the template. */
    record Problem(String pointer, String message) {}

    /** Evaluates the expressions of a template; knows their variables. */
    interface Evaluator {
        /**
         * The value of an expression.
         *
         * @param expression which
         * @param pointer where it stands in the template
         * @param at where its value goes in the rendered tree
         * @return a tree that may hold markers, or {@link Values#OMIT}; also after a problem that was told elsewhere
         */
        @Nullable
        Object evaluate(Expression expression, String pointer, String at);

        /** Takes a problem with the part of the template at the pointer. */
        void problem(String pointer, String message);
    }

    /**
     * The rendered tree.
     *
     * @param evaluator of its expressions
     * @param at where it goes in the rendered tree
     * @return a tree that may hold markers, or {@link Values#OMIT}
     */
    @Nullable
    Object render(Evaluator evaluator, String at);

    /** Goes through all expressions, each with the pointer to where it stands. */
    void expressions(BiConsumer<String, Expression> visitor);

    /**
     * Compiles a tree. What is wrong in it goes to the problems, and stands in the result as {@code null}.
     *
     * @param tree the tree
     * @param pointer where it stands, the prefix of all pointers in it
     * @param compiler of its expressions
     * @param problems takes what is wrong
     */
    static Template compile(
            @Nullable Object tree, String pointer, ExpressionCompiler compiler, List<? super Problem> problems) {
        return new TemplateCompiler(compiler, problems).compile(tree, pointer);
    }

    /**
     * Compiles what is an expression whether it stands in <code>${…}</code> or not, such as an entry of {@code when}.
     */
    static Template compileExpression(
            String text, String pointer, ExpressionCompiler compiler, List<? super Problem> problems) {
        String wrapped = Interpolation.plain(text) ? "${" + text + "}" : text;
        return compile(wrapped, pointer, compiler, problems);
    }

    /** A part without expressions. */
    record Constant(@Nullable Object value) implements Template {
        @Override
        public @Nullable Object render(Evaluator evaluator, String at) {
            return value;
        }

        @Override
        public void expressions(BiConsumer<String, Expression> visitor) {}
    }

    /** A text that is one expression. */
    record Single(Expression expression, String pointer) implements Template {
        @Override
        public @Nullable Object render(Evaluator evaluator, String at) {
            return evaluator.evaluate(expression, pointer, at);
        }

        @Override
        public void expressions(BiConsumer<String, Expression> visitor) {
            visitor.accept(pointer, expression);
        }
    }

    /** A text with expressions in it; a part is a text or an {@link Expression}. */
    record Mixed(List<Object> parts, String pointer) implements Template {
        @Override
        public Object render(Evaluator evaluator, String at) {
            StringBuilder text = new StringBuilder();
            for (Object part : parts) {
                text.append(
                        part instanceof Expression expression
                                ? text(evaluator, expression, evaluator.evaluate(expression, pointer, at))
                                : part);
                if (text.length() > Bounds.MAX_TEXT) {
                    evaluator.problem(pointer, "the text is longer than " + Bounds.MAX_TEXT + " characters");
                    return "";
                }
            }
            return text.toString();
        }

        private String text(Evaluator evaluator, Expression expression, @Nullable Object value) {
            if (value == null || value instanceof Map || value instanceof List) {
                evaluator.problem(
                        pointer,
                        expression.shown() + " gives " + (value == null ? "nothing" : "a list or a map")
                                + ", which cannot stand in the middle of a text; "
                                + (value == null ? "give a default" : "use json(…) or join(…)"));
                return "";
            }
            return value.equals(Values.OMIT) ? "" : value.toString();
        }

        @Override
        public void expressions(BiConsumer<String, Expression> visitor) {
            for (Object part : parts) {
                if (part instanceof Expression expression) {
                    visitor.accept(pointer, expression);
                }
            }
        }
    }

    /** A map; its keys are templates of text. */
    record Mapping(Map<Template, Template> entries) implements Template {
        @Override
        public Object render(Evaluator evaluator, String at) {
            return TemplateCompiler.renderMapping(this, evaluator, at);
        }

        @Override
        public void expressions(BiConsumer<String, Expression> visitor) {
            entries.forEach((key, value) -> {
                key.expressions(visitor);
                value.expressions(visitor);
            });
        }
    }

    /** A list. */
    record Sequence(List<Template> items) implements Template {
        @Override
        public Object render(Evaluator evaluator, String at) {
            return TemplateCompiler.renderSequence(this, evaluator, at);
        }

        @Override
        public void expressions(BiConsumer<String, Expression> visitor) {
            items.forEach(item -> item.expressions(visitor));
        }
    }
}
