package dev.mergeway.schema.model;

import java.util.Comparator;

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

    /** Whether this finding stops a plan. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
