package dev.mergeway.reconciler.queue;

import dev.mergeway.reconciler.run.RunKey;

/** Does the work of a run. Blocking; called on a virtual thread, for one key in one place at a time. */
@FunctionalInterface
public interface Runner {
    /**
     * Does it, or as much as can be done now.
     *
     * @throws InterruptedException if the service stops; the run is queued again then
     */
    RunResult run(RunKey key) throws InterruptedException;
}
