package dev.mergeway.reconciler.app;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives memory back when work is over. The heap shrinks only when all of it is collected, and a service that rests never
 * has a reason to: what the largest plan once needed would stay for days.
 */
final class Leisure {
    /** Less than this is not worth the tenth of a second that it takes. */
    private static final long WORTH_IT = 64L << 20;

    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong ended = new AtomicLong();
    private long endedBefore;
    private long endedAtCollection;
    private long live;

    /** Something begins that is not to be disturbed. */
    void begun() {
        running.incrementAndGet();
    }

    /** It ended. */
    void ended() {
        ended.incrementAndGet();
        running.decrementAndGet();
    }

    /** Called now and then by one thread: collects where nothing ran since the last call, and much did before. */
    void look() {
        long now = ended.get();
        boolean quiet = running.get() == 0 && now == endedBefore;
        endedBefore = now;
        if (quiet && now != endedAtCollection && Runtime.getRuntime().totalMemory() - live > WORTH_IT) {
            System.gc();
            endedAtCollection = now;
            live = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }
}
