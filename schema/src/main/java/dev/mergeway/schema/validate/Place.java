package dev.mergeway.schema.validate;

import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;

/**
 * What a checked tree belongs to, so that a finding gets its file and line: {@code document::finding} for a whole
 * document, {@code spec::finding} for the body of a spec.
 */
@FunctionalInterface
public interface Place {
    /** A finding about the part of the tree that the JSON pointer names. */
    Finding finding(Severity severity, String pointer, String rule, String message, String hint);
}
