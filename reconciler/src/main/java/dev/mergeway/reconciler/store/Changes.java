package dev.mergeway.reconciler.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Tells readers within this process what moved. Publishing never waits: a subscriber that is slower than its buffer is
 * cut off and told so, and reads everything again.
 */
public final class Changes {
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    /** Tells every subscriber. */
    void publish(Change change) {
        for (Subscription subscription : subscriptions) {
            subscription.offer(change);
        }
    }

    /**
     * Listens from now on.
     *
     * @param buffer how many changes may wait for the reader before it is cut off, at least 1
     */
    public Subscription subscribe(int buffer) {
        Subscription subscription = new Subscription(buffer);
        subscriptions.add(subscription);
        return subscription;
    }

    /** How many listen. */
    public int subscribers() {
        return subscriptions.size();
    }

    /** One reader's buffer; for one thread. */
    public final class Subscription implements AutoCloseable {
        private final BlockingQueue<Change> waiting;
        private volatile boolean lost;

        private Subscription(int buffer) {
            waiting = new ArrayBlockingQueue<>(buffer);
        }

        private void offer(Change change) {
            if (!lost && !waiting.offer(change)) {
                lost = true;
                close();
            }
        }

        /**
         * The next change, or empty when none came within the time.
         *
         * @throws InterruptedException if the waiting thread is interrupted
         */
        public Optional<Change> next(Duration wait) throws InterruptedException {
            return Optional.ofNullable(waiting.poll(wait.toMillis(), TimeUnit.MILLISECONDS));
        }

        /** Whether changes were lost because the buffer was full: nothing more comes after those that wait. */
        public boolean lost() {
            return lost;
        }

        @Override
        public void close() {
            subscriptions.remove(this);
        }
    }
}
