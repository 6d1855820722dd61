package dev.mergeway.webhooks.server;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the memory of deliveries that are under way, so that all of them together stay within a limit. */
final class InFlight {
    /** What a delivery costs at least, its thread and headers counted in. */
    static final int LEAST = 16 * 1024;

    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    InFlight(long limit) {
        this.limit = limit;
    }

    /** Takes so many bytes more; false, and nothing taken, where that is too many. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= limit) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void release(long bytes) {
        taken.addAndGet(-bytes);
    }
}
