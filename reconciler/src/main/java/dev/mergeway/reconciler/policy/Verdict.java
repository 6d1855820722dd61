package dev.mergeway.reconciler.policy;

import java.util.Locale;

/** Whether a plan may go ahead. */
public enum Verdict {
    /** Merge and it happens. */
    READY,
    /** Something or somebody must come first. */
    BLOCKED,
    /** The specs are wrong. */
    INVALID;

    /** As in the plan JSON: {@code ready blocked invalid}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
