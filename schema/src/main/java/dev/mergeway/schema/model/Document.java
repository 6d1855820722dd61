package dev.mergeway.schema.model;

import java.util.Map;

/**
 * One YAML document of a file, read but not yet understood.
 *
 * @param file path of its file
 * @param index 0 for the first document of the file
 * @param root its content as a tree (see the package), unmodifiable
 * @param positions where its parts stand
 */
public record Document(String file, int index, Map<String, Object> root, Positions positions) {
    /** The line its first key stands on. */
    public int line() {
        return positions.of("").line();
    }

    /** A finding about the part of this document that the pointer names. */
    public Finding finding(Severity severity, String pointer, String rule, String message, String hint) {
        return new Finding(severity, file, positions.of(pointer), pointer, rule, message, hint);
    }
}
