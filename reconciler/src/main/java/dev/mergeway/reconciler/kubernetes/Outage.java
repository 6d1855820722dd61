package dev.mergeway.reconciler.kubernetes;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a moment that an API server cannot be reached: a hundred environments of a cluster that is down must not
 * each wait for it, one after the other, while those of other clusters wait for them.
 */
final class Outage {
    private static final Duration MOMENT = Duration.ofSeconds(5);

    private final LongSupplier nanos;
    private volatile @Nullable Met last;

    private record Met(Unreachable trouble, long at) {}

    /** @param nanos as {@link System#nanoTime} */
    Outage(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Somebody waited as long as patience lasts, in vain. */
    void met(Unreachable trouble) {
        if (trouble.passing()) {
            last = new Met(trouble, nanos.getAsLong());
        }
    }

    /**
     * Whether it is worth asking. An apply in the middle asks in any case: it has the patience to see the server come back.
     *
     * @throws Unreachable if somebody met the server silent a moment ago
     */
    void check(Patience patience) throws Unreachable {
        Met met = last;
        if (met != null && patience.equals(Patience.SHORT) && nanos.getAsLong() - met.at() < MOMENT.toNanos()) {
            throw met.trouble();
        }
    }
}
