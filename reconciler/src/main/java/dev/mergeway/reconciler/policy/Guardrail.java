package dev.mergeway.reconciler.policy;

/**
 * What one guardrail or policy says of a plan.
 *
 * @param name its name, such as {@code deletion-budget} or the policy's own
 * @param level whether it passes, warns, holds the plan for an approval, or denies it
 * @param message why, and the shortest way out; plain text, may hold text from a spec
 */
public record Guardrail(String name, Level level, String message) {
    /** How much it matters, least first. */
    public enum Level {
        PASS,
        WARN,
        APPROVAL,
        DENY
    }
}
