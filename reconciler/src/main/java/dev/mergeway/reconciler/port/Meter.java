package dev.mergeway.reconciler.port;

import java.time.Duration;

/** Counts and times what happens, for the metrics. */
public interface Meter {
    /** Adds to a counter, such as {@code mergeway.files.read}. */
    void count(String name, long amount);

    /** Notes how long something took. */
    void time(String name, Duration took);
}
