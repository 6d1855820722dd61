package dev.mergeway.reconciler.http;

import dev.mergeway.reconciler.store.Change;
import dev.mergeway.reconciler.store.Changes;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What one reader hears, in order: the same change twice in a row of waiting ones is told once. */
final class EventStream implements AutoCloseable {
    private static final int BUFFER = 1_000;

    /** Proxies cut a connection that is silent for a minute, some for half of one. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** Changes that come in one burst are gathered for so long. */
    private static final Duration GATHER = Duration.ofMillis(100);

    /** And a run that was told just now for so long: one that applies thousands moves all the time, for each reader. */
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final Changes changes;
    private final EventText text;
    private Changes.Subscription subscription;
    private Set<Change> told = Set.of();

    EventStream(Changes changes, EventText text) {
        this.changes = changes;
        this.text = text;
        this.subscription = changes.subscribe(BUFFER);
    }

    /** Waits for what comes next, at most until the next heartbeat. */
    String next() throws InterruptedException {
        Optional<Change> first = subscription.next(HEARTBEAT);
        Set<Change> waiting = new LinkedHashSet<>();
        boolean busy = first.filter(change -> change instanceof Change.Run && told.contains(change))
                .isPresent();
        long until = System.nanoTime() + (busy ? BUSY : GATHER).toNanos();
        for (Optional<Change> change = first; change.isPresent() && waiting.size() < BUFFER; ) {
            waiting.add(change.get());
            change = subscription.next(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
        }
        if (subscription.lost()) {
            subscription = changes.subscribe(BUFFER);
            return text.reset();
        }
        if (waiting.isEmpty()) {
            told = Set.of();
            return EventText.HEARTBEAT;
        }
        told = waiting;
        StringBuilder events = new StringBuilder();
        waiting.forEach(change -> events.append(text.of(change)));
        return events.toString();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
