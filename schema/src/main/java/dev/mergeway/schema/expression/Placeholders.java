package dev.mergeway.schema.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * Placeholders as a user writes them in a spec, by the rules of the Score specification: <code>${metadata.name}</code>,
 * <code>${resources.db.host}</code>. Names may hold dashes, {@code \.} is a dot within a name, {@code $$} is a literal
 * {@code $}. They are no expressions.
 */
public final class Placeholders {
    private Placeholders() {}

    /** A piece of a text. */
    public sealed interface Part {}

    /**
     * Constant text.
     *
     * @param text as it is to be, escapes resolved
     */
    public record Literal(String text) implements Part {}

    /**
     * A placeholder.
     *
     * @param path its names, such as [resources, db, host]
     * @param text as written, with <code>${}</code>
     */
    public record Reference(List<String> path, String text) implements Part {
        public Reference {
            path = List.copyOf(path);
        }
    }

    /** Whether the text is the same with placeholders resolved, whatever they are. */
    public static boolean none(String text) {
        return text.indexOf('$') < 0;
    }

    /** Takes a text apart. What is not closed, or no placeholder, is constant text, as in Score. */
    public static List<Part> parse(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int close = text.startsWith("${", at) ? text.indexOf('}', at) : -1;
            if (text.startsWith("$$", at)) {
                literal.append('$');
                at += 2;
            } else if (close > 0) {
                if (!literal.isEmpty()) {
                    parts.add(new Literal(literal.toString()));
                    literal.setLength(0);
                }
                parts.add(new Reference(path(text.substring(at + 2, close)), text.substring(at, close + 1)));
                at = close + 1;
            } else {
                literal.append(text.charAt(at++));
            }
        }
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
        }
        return parts;
    }

    private static List<String> path(String dotted) {
        List<String> path = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (int at = 0; at < dotted.length(); at++) {
            char here = dotted.charAt(at);
            if (here == '\\' && at + 1 < dotted.length() && dotted.charAt(at + 1) == '.') {
                name.append('.');
                at++;
            } else if (here == '.') {
                path.add(name.toString());
                name.setLength(0);
            } else {
                name.append(here);
            }
        }
        path.add(name.toString());
        return path;
    }
}
