package dev.mergeway.reconciler.port;

import java.time.Instant;

/** What time it is; tests turn it by hand. */
@FunctionalInterface
public interface Clock {
    /** Now. */
    Instant now();
}
