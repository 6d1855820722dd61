package dev.mergeway.reconciler.policy;

import java.util.List;

/**
 * What one guardrail or policy says of a plan.
 *
 * @param name its name, such as {@code deletion-budget} or the policy's own
 * @param level whether it passes, warns, holds the plan for an approval, or denies it
 * @param message why, and the shortest way out; plain text, may hold text from a spec
 * @param fixes fields to set so that it has nothing to say; empty where it knows none
 */
public record Guardrail(String name, Level level, String message, List<Fix> fixes) {
    public Guardrail {
        fixes = List.copyOf(fixes);
    }

    /** One that knows no field to set. */
    public Guardrail(String name, Level level, String message) {
        this(name, level, message, List.of());
    }

    /** How much it matters, least first. */
    public enum Level {
        PASS,
        WARN,
        APPROVAL,
        DENY
    }
}
