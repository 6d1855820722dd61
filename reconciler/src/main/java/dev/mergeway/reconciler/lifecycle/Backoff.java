package dev.mergeway.reconciler.lifecycle;

import java.time.Duration;

/**
 * How long to wait before trying again: for ever, twice as long each time up to a most, and never at the same moment as
 * everybody else.
 *
 * @param first the wait after the first failure
 * @param most the longest wait
 * @param jitter the part of a wait that is left to chance, from 0 (none) to 1 (all of it)
 */
public record Backoff(Duration first, Duration most, double jitter) {
    /** For runs: soon at first, since most failures are of a moment; then every five minutes. */
    public static final Backoff RUNS = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5), 0.3);

    public Backoff {
        if (!first.isPositive() || most.compareTo(first) < 0 || !(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("no backoff: " + first + ", " + most + ", " + jitter);
        }
    }

    /**
     * The wait after so many failures in a row.
     *
     * @param failures 1 after the first; less counts as 1
     * @param chance a random number from 0 to 1
     */
    public Duration after(int failures, double chance) {
        long wait = first.toMillis();
        for (int i = 1; i < failures && wait < most.toMillis(); i++) {
            wait *= 2;
        }
        double part = 1 - jitter * Math.clamp(chance, 0, 1);
        return Duration.ofMillis(Math.max(1, (long) (Math.min(wait, most.toMillis()) * part)));
    }
}
