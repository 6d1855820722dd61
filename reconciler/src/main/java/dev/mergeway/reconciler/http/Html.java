package dev.mergeway.reconciler.http;

import java.util.Collection;
import java.util.Set;

/**
 * Markup that is safe by construction: text enters it only escaped, and names of elements and attributes are ours.
 * Immutable.
 */
final class Html {
    static final Html NOTHING = new Html("");

    private static final Set<String> VOID = Set.of("br", "hr", "img", "input", "link", "meta");

    private final String markup;

    private Html(String markup) {
        this.markup = markup;
    }

    /** Text, escaped. */
    static Html text(String text) {
        return new Html(escape(text));
    }

    /** Markup that another part of this package made safe already. */
    static Html safe(String markup) {
        return new Html(markup);
    }

    /** One after the other. */
    static Html all(Object... content) {
        StringBuilder out = new StringBuilder();
        for (Object part : content) {
            append(out, part);
        }
        return new Html(out.toString());
    }

    /**
     * An element.
     *
     * @param content attributes first, then markup, texts (escaped), or collections of these
     */
    static Html el(String name, Object... content) {
        StringBuilder out = new StringBuilder("<").append(name);
        int next = 0;
        while (next < content.length && content[next] instanceof Attribute attribute) {
            attribute.appendTo(out);
            next++;
        }
        out.append('>');
        if (VOID.contains(name)) {
            return new Html(out.toString());
        }
        for (; next < content.length; next++) {
            append(out, content[next]);
        }
        return new Html(out.append("</").append(name).append('>').toString());
    }

    private static void append(StringBuilder out, Object part) {
        switch (part) {
            case Html html -> out.append(html.markup);
            case Collection<?> parts -> parts.forEach(each -> append(out, each));
            case Attribute late -> throw new IllegalArgumentException("an attribute after content: " + late.name());
            default -> out.append(escape(String.valueOf(part)));
        }
    }

    /** An attribute with a value that is not a URL. */
    static Attribute attr(String name, String value) {
        return new Attribute(name, value);
    }

    /** The class of an element. */
    static Attribute css(String classes) {
        return new Attribute("class", classes);
    }

    /** A link to a path of ours or to a web page; anything else, such as {@code javascript:}, leads nowhere. */
    static Attribute href(String url) {
        boolean ours = url.startsWith("/") && !url.startsWith("//") && !url.startsWith("/\\");
        boolean web = url.startsWith("https://") || url.startsWith("http://");
        return new Attribute("href", ours || web || url.startsWith("#") ? url : "#");
    }

    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return markup;
    }

    /** An attribute; its value is escaped when it is written. */
    record Attribute(String name, String value) {
        private void appendTo(StringBuilder out) {
            out.append(' ').append(name).append("=\"").append(escape(value)).append('"');
        }
    }
}
