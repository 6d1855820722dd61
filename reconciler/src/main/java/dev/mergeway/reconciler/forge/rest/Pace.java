package dev.mergeway.reconciler.forge.rest;

import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.port.ForgeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/** One writer at a time, in order, with a pause between: bursts of writes are what secondary limits are made for. */
public final class Pace {
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Duration between;
    private final Clock clock;
    private final Waiting waiting;
    private Instant next = Instant.MIN;

    /**
     * A pace.
     *
     * @param between least time from the end of one write to the start of the next
     * @param clock what time it is
     * @param waiting how to wait
     */
    public Pace(Duration between, Clock clock, Waiting waiting) {
        this.between = between;
        this.clock = clock;
        this.waiting = waiting;
    }

    /** Something that asks a forge. */
    @FunctionalInterface
    interface Asking {
        Reply ask() throws ForgeException, InterruptedException;
    }

    /** Asks when it is this writer's turn. */
    Reply write(Asking asking) throws ForgeException, InterruptedException {
        turn.lockInterruptibly();
        try {
            Instant now = clock.now();
            if (now.isBefore(next)) {
                waiting.await(Duration.between(now, next));
            }
            return asking.ask();
        } finally {
            next = clock.now().plus(between);
            turn.unlock();
        }
    }
}
