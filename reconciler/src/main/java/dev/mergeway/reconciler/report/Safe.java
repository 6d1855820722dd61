package dev.mergeway.reconciler.report;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that nobody vouches for, made harmless for the place where it is shown. Code spans and fences are used wherever
 * possible: no forge looks for mentions, references, links or commands in them.
 */
final class Safe {
    // Names are at most 253 characters in Kubernetes; what is longer than this is no help to a reader.
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_PROSE = 500;

    // What starts an issue, a merge request, a snippet, a label or an epic, on one forge or another.
    private static final Pattern REFERENCE = Pattern.compile("([#!$%&~^])(?=[\\p{L}\\p{N}_\"'])");
    private static final Pattern LINK =
            Pattern.compile("(?i)(:)(?=//)|(www)(?=\\.)|((?:mailto|xmpp|ftp|data|javascript|gh)[:-])");
    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]|~$#]");
    // Keeps a mention or link from being one, and is not seen: zero width space.
    private static final String APART = "\u200b";

    private Safe() {}

    /** One line without anything that moves a cursor, hides, or turns the direction of writing; at most so many characters. */
    static String plain(String text, int longest) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().limit(longest + 1L).forEach(point -> {
            switch (Character.getType(point)) {
                case Character.CONTROL,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SPACE_SEPARATOR -> plain.append(' ');
                case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE ->
                    plain.append('\ufffd');
                default -> plain.appendCodePoint(point);
            }
        });
        if (plain.codePointCount(0, plain.length()) <= longest) {
            return plain.toString().strip();
        }
        int end = plain.offsetByCodePoints(0, longest - 1);
        return plain.substring(0, end).strip() + "…";
    }

    /** A name for one line of plain text. */
    static String name(String name) {
        return plain(name, LONGEST_NAME);
    }

    /** Words for one line of plain text. */
    static String words(String text) {
        return plain(text, LONGEST_PROSE);
    }

    /** A name as a code span, fit for a table too. */
    static String code(String name) {
        return code(name, LONGEST_NAME);
    }

    /** Text as a code span, fit for a table too, of at most so many characters. */
    static String code(String text, int longest) {
        String plain = plain(text, longest).replace('`', '\'');
        // In a table a bar ends the cell even in a code span, and the way to escape it shows a backslash elsewhere.
        return plain.isEmpty() ? "` `" : "`" + plain.replace('|', '¦') + "`";
    }

    /** Words in running text, fit for a table too: no markup, mention, reference, link or HTML is left in them. */
    static String prose(String text) {
        // The wide sign looks the same and makes neither a mention nor an address.
        String plain = words(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace('@', '\uff20');
        String unlinked = LINK.matcher(plain).replaceAll(match -> Matcher.quoteReplacement(match.group() + APART));
        String unreferenced = REFERENCE
                .matcher(unlinked)
                .replaceAll(match ->
                        Matcher.quoteReplacement(match.group().equals("&") ? match.group() : match.group() + APART));
        return SPECIAL.matcher(unreferenced).replaceAll(match -> Matcher.quoteReplacement("\\" + match.group()));
    }

    /** Lines as a fenced block that nothing in them can end. */
    static String fence(String language, List<String> lines) {
        int longest = lines.stream().mapToInt(Safe::ticks).max().orElse(0);
        String fence = "`".repeat(Math.max(3, longest + 1));
        StringBuilder block = new StringBuilder(fence).append(language).append('\n');
        lines.forEach(line -> block.append(line).append('\n'));
        return block.append(fence).append('\n').toString();
    }

    private static int ticks(String line) {
        int longest = 0;
        int here = 0;
        for (int index = 0; index < line.length(); index++) {
            here = line.charAt(index) == '`' ? here + 1 : 0;
            longest = Math.max(longest, here);
        }
        return longest;
    }

    /** A label of a Mermaid graph: letters, digits and few signs, since Mermaid has no way to quote them all. */
    static String mermaid(String text) {
        return plain(text, 60).replaceAll("[^\\p{L}\\p{N} ._/-]", "_");
    }
}
