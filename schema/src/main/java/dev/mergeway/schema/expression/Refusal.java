package dev.mergeway.schema.expression;

import org.jspecify.annotations.Nullable;

/**
 * Why an expression refuses a value that a user wrote: no fault of the expression, so it is said without it.
 *
 * @param rule id of the rule for the finding
 * @param message what is wrong, in the words of the person who wrote the spec
 * @param about the value that is wrong, by which its place is found
 */
public record Refusal(String rule, String message, @Nullable Object about) {
    /** Rule of a file that a spec names and that is not there. */
    public static final String MISSING_FILE = "spec/missing-file";

    /** Rule of what a blueprint refuses by itself. */
    public static final String REFUSED = "spec/refused";

    /** Carries a refusal through CEL. */
    static final class Raised extends Exception {
        private final transient Refusal refusal;

        Raised(Refusal refusal) {
            super(refusal.message());
            this.refusal = refusal;
        }

        /** The refusal that a failure was caused by, null where it was none. */
        static @Nullable Refusal within(Throwable failed) {
            for (Throwable at = failed; at != null; at = at.getCause()) {
                if (at instanceof Raised raised) {
                    return raised.refusal;
                }
            }
            return null;
        }
    }
}
