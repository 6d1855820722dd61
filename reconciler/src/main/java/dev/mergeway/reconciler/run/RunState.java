package dev.mergeway.reconciler.run;

import java.util.Locale;

/** How a run stands. */
public enum RunState {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    HELD,
    CANCELLED;

    /** As in the API: {@code Queued Running Succeeded Failed Held Cancelled}. */
    public String label() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    /** Whether nothing more will happen in it. */
    public boolean ended() {
        return this != QUEUED && this != RUNNING;
    }
}
