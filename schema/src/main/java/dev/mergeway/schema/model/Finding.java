package dev.mergeway.schema.model;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Something to say about a file, in the words of the person who wrote it. Findings are values: they are collected and
 * shown together, never thrown.
 *
 * @param severity how much it matters
 * @param file path of the file, relative to the repository (or as given on the command line), with forward slashes
 * @param position where in the file
 * @param pointer RFC 6901 JSON pointer into the document, "" for the document itself
 * @param rule id of the rule, such as {@code schema/unknown-field}; stable, since users suppress and search by it
 * @param message what is wrong
 * @param hint what to do about it, such as the nearest known name or the allowed values; "" where there is none
 */
public record Finding(
        Severity severity, String file, Position position, String pointer, String rule, String message, String hint) {
    private static final Pattern WORD = Pattern.compile("known:|[a-z]+ ");

    /** By file, then place, then rule: the order in which they are shown, so that output is the same every time. */
    public static final Comparator<Finding> ORDER = Comparator.comparing(Finding::file)
            .thenComparing(finding -> finding.position().line())
            .thenComparing(finding -> finding.position().column())
            .thenComparing(Finding::pointer)
            .thenComparing(Finding::rule)
            .thenComparing(Finding::message);

    /** The same, mattering otherwise. */
    public Finding as(Severity other) {
        return new Finding(other, file, position, pointer, rule, message, hint);
    }

    /** The same about a file at another path. */
    public Finding in(String path) {
        return new Finding(severity, path, position, pointer, rule, message, hint);
    }

    /** What is wrong, and the fix: each begins and the first ends as a sentence does, however they were written. */
    public String sentences() {
        String begun = begun(message);
        boolean ended = !begun.isEmpty() && ".!?:;…".indexOf(begun.charAt(begun.length() - 1)) >= 0;
        return hint.isEmpty() ? begun : begun + (ended ? " " : ". ") + begun(hint);
    }

    /** Only words: what begins with the name of a field or a file is left as it is. */
    private static String begun(String text) {
        return WORD.matcher(text).lookingAt()
                ? text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1)
                : text;
    }

    /** Whether this finding stops a plan. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
