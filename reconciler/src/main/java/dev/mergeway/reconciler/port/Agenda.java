package dev.mergeway.reconciler.port;

import dev.mergeway.reconciler.run.RunKey;
import java.time.Duration;

/** Where runs are asked for. Durable; the same key asked for twice before it starts is one run, at the earlier time. */
public interface Agenda {
    /** Asks for a run now. A run of the key that is going on is followed by another. */
    default void ask(RunKey key) {
        ask(key, Duration.ZERO);
    }

    /** Asks for a run after a delay. */
    void ask(RunKey key, Duration delay);

    /** Looks now for what is due, where somebody else wrote down what is asked for. */
    default void look() {}
}
