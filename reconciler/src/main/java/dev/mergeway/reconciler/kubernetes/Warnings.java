package dev.mergeway.reconciler.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code Warning} headers as the API server writes them (RFC 7234, section 5.5; KEP-1693): {@code 299 - "text"}. */
final class Warnings {
    private static final Pattern WARNING = Pattern.compile("299 \\S{1,100} \"((?:[^\"\\\\]|\\\\.){0,5000}+)\"");
    private static final int MOST = 10;

    private Warnings() {}

    /** The texts, each once, in the order given; what is written in another way, and what is too much, is left out. */
    static List<String> of(List<String> headers) {
        List<String> texts = new ArrayList<>();
        for (String header : headers) {
            Matcher matcher = WARNING.matcher(header);
            while (texts.size() < MOST && matcher.find()) {
                String text = matcher.group(1).replaceAll("\\\\(.)", "$1").strip();
                if (!text.isEmpty() && !texts.contains(text)) {
                    texts.add(text);
                }
            }
        }
        return List.copyOf(texts);
    }
}
