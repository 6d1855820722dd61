package dev.mergeway.schema.expression;

/** An expression that could not be evaluated; the message says why in plain words. Becomes a finding, never escapes. */
public final class ExpressionException extends Exception {
    /** Says why. */
    public ExpressionException(String message) {
        super(message);
    }
}
