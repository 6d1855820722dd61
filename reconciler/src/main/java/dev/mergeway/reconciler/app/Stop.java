package dev.mergeway.reconciler.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Being asked to stop by SIGTERM or SIGINT: the process ends with 0 once everything is closed, and not before. */
final class Stop {
    /** The drain has 30 seconds; what hangs longer than this is not waited for. */
    private static final int SECONDS = 45;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    private Stop() {}

    static Stop onSignal() {
        Stop stop = new Stop();
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("mergeway-stop").unstarted(stop::stop));
        return stop;
    }

    private void stop() {
        if (finished.getCount() == 0) {
            return;
        }
        asked.countDown();
        boolean closed = false;
        try {
            closed = finished.await(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // A signal gives 143 otherwise, which says that it was not stopped as it should be.
        Runtime.getRuntime().halt(closed ? 0 : 1);
    }

    /** Blocks until the process is asked to stop. */
    void await() throws InterruptedException {
        asked.await();
    }

    /** Everything is closed. */
    void finished() {
        finished.countDown();
    }
}
