package dev.mergeway.schema.expression;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An expression that could not be evaluated; the message says why in plain words. Becomes a finding, never escapes. */
public final class ExpressionException extends Exception {
    private final transient @Nullable Refusal refusal;

    /** Says why. */
    public ExpressionException(String message) {
        super(message);
        this.refusal = null;
    }

    ExpressionException(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    /** What is wrong with the value that the user wrote, or empty where the expression itself is at fault. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }
}
