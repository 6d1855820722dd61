package dev.mergeway.reconciler.flow;

import dev.mergeway.schema.model.ResourceKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Resources that watches saw move, by environment, until somebody looks, and heads that webhooks announced. Losing them
 * costs only the next full look.
 */
public final class Hints {
    /** More in one environment than this are one hint: look at everything. */
    private static final int MOST = 2_000;

    /** Whoever was told this long ago may have failed before looking. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Map<String, Set<ResourceKey>> moved = new HashMap<>();
    private final Set<String> everything = new HashSet<>();
    /** When somebody was last told to look, by environment. */
    private final Map<String, Long> told = new HashMap<>();

    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Announcements announcements = new Announcements();

    /** Heads of pull requests that were announced. */
    public Announcements announcements() {
        return announcements;
    }

    /** Hints by the system's clock. */
    public Hints() {
        this(System::nanoTime);
    }

    /** @param nanos a clock that only goes forwards */
    Hints(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Something moved.
     *
     * @return whether somebody must be told to look; not where somebody was told lately and has not looked yet, so that an
     *     apply of thousands does not ask as often
     */
    public boolean add(String environment, ResourceKey key) {
        lock.lock();
        try {
            Set<ResourceKey> keys = moved.computeIfAbsent(environment, any -> new HashSet<>());
            if (keys.size() < MOST) {
                keys.add(key);
            } else {
                everything.add(environment);
            }
            return tell(environment);
        } finally {
            lock.unlock();
        }
    }

    private boolean tell(String environment) {
        long now = nanos.getAsLong();
        Long last = told.get(environment);
        boolean fresh = last == null || now - last > AGAIN.toNanos();
        if (fresh) {
            told.put(environment, now);
        }
        return fresh;
    }

    /** Everything of an environment shall be looked at. */
    public void all(String environment) {
        lock.lock();
        try {
            everything.add(environment);
        } finally {
            lock.unlock();
        }
    }

    /** Takes what is known of an environment, and forgets it. */
    Taken take(String environment) {
        lock.lock();
        try {
            told.remove(environment);
            Set<ResourceKey> keys = moved.remove(environment);
            return new Taken(everything.remove(environment), keys == null ? Set.of() : Set.copyOf(keys));
        } finally {
            lock.unlock();
        }
    }

    /** What was taken could not be looked at: whoever looks next takes it again. */
    void giveBack(String environment, Taken taken) {
        lock.lock();
        try {
            if (taken.everything()) {
                everything.add(environment);
            }
            if (!taken.keys().isEmpty()) {
                moved.computeIfAbsent(environment, any -> new HashSet<>()).addAll(taken.keys());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * What was hinted at.
     *
     * @param everything whether to look at everything
     * @param keys else at these
     */
    record Taken(boolean everything, Set<ResourceKey> keys) {}
}
