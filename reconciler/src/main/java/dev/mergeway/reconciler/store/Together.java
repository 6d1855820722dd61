package dev.mergeway.reconciler.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Writes together what is to be written at the same time: whoever comes while a commit is under way waits for the next one,
 * with all others that do. So many at once cost a few commits, and one alone is not delayed.
 */
final class Together<T> {
    private static final int MOST = 500;

    private final Consumer<List<T>> commit;
    private final ConcurrentLinkedQueue<Waiting<T>> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock committing = new ReentrantLock();

    private record Waiting<T>(T item, CompletableFuture<Void> written) {}

    /** @param commit writes all of them in one transaction, in the order given, or throws and wrote none */
    Together(Consumer<List<T>> commit) {
        this.commit = commit;
    }

    /** Writes the item; it is durable when this returns. */
    void write(T item) {
        Waiting<T> own = new Waiting<>(item, new CompletableFuture<>());
        queue.add(own);
        while (!own.written().isDone()) {
            committing.lock();
            try {
                if (!own.written().isDone()) {
                    next();
                }
            } finally {
                committing.unlock();
            }
        }
        try {
            own.written().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void next() {
        List<Waiting<T>> batch = new ArrayList<>();
        for (Waiting<T> one = queue.poll(); one != null; one = batch.size() < MOST ? queue.poll() : null) {
            batch.add(one);
        }
        try {
            commit.accept(batch.stream().map(Waiting::item).toList());
            batch.forEach(one -> one.written().complete(null));
        } catch (RuntimeException e) {
            // Whose fault it was is seen only one by one.
            batch.forEach(batch.size() == 1 ? one -> one.written().completeExceptionally(e) : this::alone);
        }
    }

    private void alone(Waiting<T> one) {
        try {
            commit.accept(List.of(one.item()));
            one.written().complete(null);
        } catch (RuntimeException e) {
            one.written().completeExceptionally(e);
        }
    }
}
