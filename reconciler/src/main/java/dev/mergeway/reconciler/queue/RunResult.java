package dev.mergeway.reconciler.queue;

import dev.mergeway.reconciler.resource.Problem;
import java.time.Duration;

/** What the queue does with a key after its run. */
public sealed interface RunResult {
    /** Nothing more to do until somebody asks. */
    record Done() implements RunResult {}

    /** It waits for something (health, a rate limit) and holds no thread meanwhile: run again after a while. */
    record Again(Duration after) implements RunResult {
        public Again {
            if (after.isNegative()) {
                throw new IllegalArgumentException("a wait is not negative: " + after);
            }
        }
    }

    /** It failed: run again, later each time, for ever. */
    record Failed(Problem problem) implements RunResult {}
}
