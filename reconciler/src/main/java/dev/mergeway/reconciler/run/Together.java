package dev.mergeway.reconciler.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Writes together what is to be written at the same time: whoever comes while a commit is under way waits for the next one,
 * with all others that do. So many at once cost a few commits, and one alone is not delayed.
 */
public final class Together<T> {
    private static final int MOST = 500;

    /** So many without a rest are a burst: the steps of a small run are not kept waiting. */
    private static final int BURST = 100;

    private static final Duration REST = Duration.ofMillis(100);

    private final Consumer<List<T>> commit;
    private final Duration gathering;
    private final ConcurrentLinkedQueue<Waiting<T>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean committing = new AtomicBoolean();
    private int withoutRest;
    private long last = System.nanoTime();

    private record Waiting<T>(T item, CompletableFuture<Void> written) {}

    /** @param commit writes all of them in one transaction, in the order given, or throws and wrote none */
    public Together(Consumer<List<T>> commit) {
        this(commit, Duration.ZERO);
    }

    /**
     * As above; in a burst (over a hundred without a rest) a commit waits for those that are about to come.
     *
     * @param gathering how long
     */
    public Together(Consumer<List<T>> commit, Duration gathering) {
        this.commit = commit;
        this.gathering = gathering;
    }

    /**
     * Writes the item; it is durable when this returns.
     *
     * @throws RuntimeException as the commit threw it
     */
    public void write(T item) {
        Waiting<T> own = new Waiting<>(item, new CompletableFuture<>());
        queue.add(own);
        begin();
        try {
            own.written().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** One thread commits while there is something to commit: whoever waits learns of its own commit, not of the lock. */
    private void begin() {
        if (committing.compareAndSet(false, true)) {
            Thread.startVirtualThread(this::drain);
        }
    }

    private void drain() {
        while (!queue.isEmpty()) {
            next();
        }
        committing.set(false);
        if (!queue.isEmpty()) {
            begin(); // it came in between
        }
    }

    private void next() {
        withoutRest = System.nanoTime() - last > REST.toNanos() ? 0 : withoutRest;
        if (withoutRest >= BURST && gathering.isPositive()) {
            gather();
        }
        List<Waiting<T>> batch = new ArrayList<>();
        for (Waiting<T> one = queue.poll(); one != null; one = batch.size() < MOST ? queue.poll() : null) {
            batch.add(one);
        }
        withoutRest += batch.size();
        try {
            commit.accept(batch.stream().map(Waiting::item).toList());
            batch.forEach(one -> one.written().complete(null));
        } catch (RuntimeException | Error e) {
            // Whose fault it was is seen only one by one.
            batch.forEach(batch.size() == 1 ? one -> one.written().completeExceptionally(e) : this::alone);
        }
        last = System.nanoTime();
    }

    private void gather() {
        try {
            Thread.sleep(gathering);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody knows the thread that commits", e);
        }
    }

    private void alone(Waiting<T> one) {
        try {
            commit.accept(List.of(one.item()));
            one.written().complete(null);
        } catch (RuntimeException | Error e) {
            one.written().completeExceptionally(e);
        }
    }
}
