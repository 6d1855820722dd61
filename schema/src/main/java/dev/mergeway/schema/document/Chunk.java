package dev.mergeway.schema.document;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of one document, cut out of its file at the {@code ---} and {@code ...} lines, so that a mistake in one
 * document cannot reach another. YAML 1.2 §9.1.2 forbids such lines inside any content, block scalars included, which
 * makes the cut exact.
 *
 * @param text the document's text, with its own {@code ---} line
 * @param line line of the file at which it begins, 1 for the first
 */
record Chunk(String text, int line) {
    static List<Chunk> split(String text) {
        List<Chunk> chunks = new ArrayList<>();
        int start = 0;
        int startLine = 1;
        int line = 1;
        int at = 0;
        while (at < text.length()) {
            int next = nextLine(text, at);
            if (marks(text, at, "---") && at > start) {
                chunks.add(new Chunk(text.substring(start, at), startLine));
                start = at;
                startLine = line;
            }
            line++;
            if (marks(text, at, "...")) {
                chunks.add(new Chunk(text.substring(start, next), startLine));
                start = next;
                startLine = line;
            }
            at = next;
        }
        chunks.add(new Chunk(text.substring(start), startLine));
        chunks.removeIf(chunk -> !chunk.holdsContent());
        return chunks;
    }

    /** Whether there is anything but comments, directives, markers and blank lines. */
    private boolean holdsContent() {
        int at = 0;
        while (at < text.length()) {
            int next = nextLine(text, at);
            String content = text.substring(at, next).strip();
            boolean marker = marks(text, at, "---") || marks(text, at, "...");
            if (marker) {
                content = content.substring(3).strip();
            }
            boolean directive = text.charAt(at) == '%';
            if (!content.isEmpty() && !content.startsWith("#") && !directive) {
                return true;
            }
            at = next;
        }
        return false;
    }

    private static boolean marks(String text, int at, String marker) {
        int end = at + marker.length();
        return text.startsWith(marker, at) && (end == text.length() || " \t\r\n".indexOf(text.charAt(end)) >= 0);
    }

    /** Where the next line begins: after a line feed, a carriage return, or both. */
    private static int nextLine(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n') {
                return at + 1;
            }
            if (c == '\r') {
                return at + 1 < text.length() && text.charAt(at + 1) == '\n' ? at + 2 : at + 1;
            }
        }
        return text.length();
    }
}
