package dev.mergeway.schema.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with expressions in <code>${…}</code>, taken apart. <code>$${</code> is a literal <code>${</code>.
 *
 * @param parts in order
 */
record Interpolation(List<Part> parts) {
    /** A piece of the text. */
    sealed interface Part {}

    /** Constant text. */
    record Literal(String text) implements Part {}

    /** CEL, without <code>${}</code>. */
    record Code(String text) implements Part {}

    /** Whether the text may hold an expression or an escape. */
    static boolean plain(String text) {
        return !text.contains("${");
    }

    /** Whether the whole text is one expression, whose value keeps its type. */
    boolean single() {
        return parts.size() == 1 && parts.getFirst() instanceof Code;
    }

    /**
     * Takes a text apart.
     *
     * @throws ExpressionException if an expression is not closed
     */
    static Interpolation of(String text) throws ExpressionException {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$${", at)) {
                literal.append("${");
                at += 3;
            } else if (text.startsWith("${", at)) {
                int end = end(text, at + 2);
                flush(literal, parts);
                parts.add(new Code(text.substring(at + 2, end)));
                at = end + 1;
            } else {
                literal.append(text.charAt(at++));
            }
        }
        flush(literal, parts);
        return new Interpolation(List.copyOf(parts));
    }

    private static void flush(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    /** Index of the brace that closes the expression; braces within it and within its texts do not. */
    private static int end(String text, int from) throws ExpressionException {
        int depth = 0;
        for (int at = from; at < text.length(); at++) {
            char here = text.charAt(at);
            if (here == '\'' || here == '"') {
                at = closingQuote(text, at);
            } else if (here == '{') {
                depth++;
            } else if (here == '}' && depth-- == 0) {
                return at;
            }
        }
        throw new ExpressionException("the expression that begins with '"
                + text.substring(from - 2, Math.min(text.length(), from + 20))
                + "' is not closed with '}'; write $${ for a literal ${");
    }

    private static int closingQuote(String text, int open) {
        char quote = text.charAt(open);
        for (int at = open + 1; at < text.length(); at++) {
            if (text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == quote) {
                return at;
            }
        }
        return text.length();
    }
}
