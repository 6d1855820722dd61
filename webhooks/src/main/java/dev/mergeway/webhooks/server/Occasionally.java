package dev.mergeway.webhooks.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Runs something at most once a minute: strangers must not be able to fill the log. */
final class Occasionally {
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private final InstantSource clock;
    private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

    Occasionally(InstantSource clock) {
        this.clock = clock;
    }

    void run(Runnable action) {
        Instant now = clock.instant();
        Instant due = next.get();
        if (!now.isBefore(due) && next.compareAndSet(due, now.plus(PAUSE))) {
            action.run();
        }
    }
}
