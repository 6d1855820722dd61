package dev.mergeway.reconciler.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTML that our own comments use: {@code <details>}, {@code <summary>}, {@code <br>}, {@code <sub>} and comments.
 * Each must stand there exactly so, without attributes (but {@code open}); anything else is shown as text. Closing tags
 * count only where something is open, and what stays open is closed at the end, so that the page around it stays whole.
 */
final class Fold {
    private static final Pattern KNOWN = Pattern.compile(
            "<!--.*?-->|<details>|<details open>|</details>|<summary>|</summary>|<br>|<br/>|<br />"
                    + "|<sub>|</sub>|<b>|</b>|<code>|</code>",
            Pattern.DOTALL);

    private final StringBuilder open = new StringBuilder();

    /** A piece of HTML from the Markdown, made safe. */
    String html(String literal) {
        StringBuilder out = new StringBuilder();
        Matcher matcher = KNOWN.matcher(literal);
        int from = 0;
        while (matcher.find()) {
            out.append(Html.escape(literal.substring(from, matcher.start())));
            out.append(tag(matcher.group()));
            from = matcher.end();
        }
        return out.append(Html.escape(literal.substring(from))).toString();
    }

    private String tag(String tag) {
        if (tag.startsWith("<!--")) {
            return "";
        }
        if (tag.startsWith("<br")) {
            return "<br>";
        }
        if (!tag.startsWith("</")) {
            String name = tag.substring(1, tag.indexOf(tag.contains(" ") ? ' ' : '>'));
            open.append(name).append(' ');
            return tag;
        }
        String last = tag.substring(2, tag.length() - 1) + " ";
        if (!open.toString().endsWith(" " + last) && !open.toString().equals(last)) {
            return "";
        }
        open.setLength(open.length() - last.length());
        return tag;
    }

    /** Closing tags of what is still open. */
    String rest() {
        String[] names = open.toString().strip().split(" ");
        StringBuilder out = new StringBuilder();
        for (int i = names.length - 1; i >= 0; i--) {
            if (!names[i].isEmpty()) {
                out.append("</").append(names[i]).append('>');
            }
        }
        return out.toString();
    }
}
