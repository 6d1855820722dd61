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

    /** Changes that come in one burst are gathered for so long, so that a busy run is told a few times a second. */
    private static final Duration GATHER = Duration.ofMillis(100);

    private final Changes changes;
    private final EventText text;
    private Changes.Subscription subscription;

    EventStream(Changes changes, EventText text) {
        this.changes = changes;
        this.text = text;
        this.subscription = changes.subscribe(BUFFER);
    }

    /** Waits for what comes next, at most until the next heartbeat. */
    String next() throws InterruptedException {
        Optional<Change> first = subscription.next(HEARTBEAT);
        Set<Change> waiting = new LinkedHashSet<>();
        long until = System.nanoTime() + GATHER.toNanos();
        for (Optional<Change> change = first; change.isPresent() && waiting.size() < BUFFER; ) {
            waiting.add(change.get());
            change = subscription.next(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
        }
        if (subscription.lost()) {
            subscription = changes.subscribe(BUFFER);
            return text.reset();
        }
        if (waiting.isEmpty()) {
            return EventText.HEARTBEAT;
        }
        StringBuilder events = new StringBuilder();
        waiting.forEach(change -> events.append(text.of(change)));
        return events.toString();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
