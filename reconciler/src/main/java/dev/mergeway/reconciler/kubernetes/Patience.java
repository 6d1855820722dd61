package dev.mergeway.reconciler.kubernetes;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long passing trouble is waited out: first 100 ms, then twice as long each time, never more than 5 s at once, each
 * shortened at random by up to a half so that many do not come back at the same moment.
 *
 * @param total time after which we give up
 */
record Patience(Duration total) {
    /** For a plan, whose author is waiting. */
    static final Patience SHORT = new Patience(Duration.ofSeconds(10));

    /** For an apply in the middle: an API server that restarts is back within a minute. */
    static final Patience LONG = new Patience(Duration.ofSeconds(60));

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofSeconds(5);

    /** How long to wait after so many tries (from 1), and at least as long as the server asks for. */
    static Duration after(int tries, Duration asked) {
        long doubled = FIRST.toMillis() << Math.min(tries - 1, 10);
        long bounded = Math.min(doubled, MOST.toMillis());
        Duration ours = Duration.ofMillis(ThreadLocalRandom.current().nextLong(bounded / 2, bounded + 1));
        return ours.compareTo(asked) < 0 ? asked : ours;
    }
}
