package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.schema.model.ResourceKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What dry runs showed lately, by what is desired and the version of what is live. A merge is planned again soon after its
 * pull request was: where neither side moved, the server is not asked a second time. Each serves one plan, so that whoever
 * plans again sees what admission says by now. Refusals are not kept, nor anything sensitive.
 */
final class Rehearsals {
    /** The version of what is not there. */
    static final String ABSENT = "";

    /** As long as a merge follows its plan at once; what admission would say later is seen by planning again. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    /** Some 20 MiB at most; whoever plans more than this asks again. */
    private static final int MOST = 10_000;

    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();

    /** In the order of their age. */
    private final Map<ResourceKey, Shown> shown = new LinkedHashMap<>();

    private record Shown(String desired, String live, Difference difference, long at) {}

    /** @param nanos a clock that only goes forwards */
    Rehearsals(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** What the dry run of this desired object on that live version showed, if that is known; once. */
    Optional<Difference> take(ResourceKey key, String desired, String live) {
        lock.lock();
        try {
            tidy();
            return Optional.ofNullable(shown.remove(key))
                    .filter(one -> one.desired().equals(desired) && one.live().equals(live))
                    .map(Shown::difference);
        } finally {
            lock.unlock();
        }
    }

    /** Keeps what a dry run showed, where it may be kept. */
    Difference keep(Desired desired, String hash, String live, Difference difference) {
        boolean secret =
                desired.key().type().equals("v1/Secret") || !desired.sensitive().isEmpty();
        boolean change =
                difference.action() != Action.UNCHANGED && difference.refused().isEmpty();
        if (change && !secret && desired.unknown().isEmpty()) {
            lock.lock();
            try {
                tidy();
                shown.remove(desired.key());
                if (shown.size() < MOST) {
                    shown.put(desired.key(), new Shown(hash, live, difference, nanos.getAsLong()));
                }
            } finally {
                lock.unlock();
            }
        }
        return difference;
    }

    /** The object is changed now. */
    void forget(ResourceKey key) {
        lock.lock();
        try {
            shown.remove(key);
        } finally {
            lock.unlock();
        }
    }

    private void tidy() {
        long oldest = nanos.getAsLong() - KEPT.toNanos();
        var entries = shown.values().iterator();
        while (entries.hasNext() && entries.next().at() - oldest < 0) {
            entries.remove();
        }
    }
}
