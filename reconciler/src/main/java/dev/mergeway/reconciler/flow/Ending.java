package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.run.RunState;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param state succeeded, failed, held or cancelled
 * @param message one line for a person
 * @param retry whether it failed for something that may pass, so that it is tried again with growing delays
 * @param again after how long to look again though it went well, null for not at all
 */
public record Ending(
        RunState state,
        String message,
        boolean retry,
        @Nullable Duration again) {
    /** It went well. */
    public static Ending done(String message) {
        return new Ending(RunState.SUCCEEDED, message, false, null);
    }

    /** It went well so far, and something is still on its way. */
    public static Ending lookAgain(String message, Duration after) {
        return new Ending(RunState.SUCCEEDED, message, false, after);
    }

    /** Something or somebody must come first. */
    public static Ending held(String message) {
        return new Ending(RunState.HELD, message, false, null);
    }

    /** It failed. */
    public static Ending failed(String message, boolean retry) {
        return new Ending(RunState.FAILED, message, retry, null);
    }

    /** After how long to look again though it went well. */
    public Optional<Duration> lookAgainAfter() {
        return Optional.ofNullable(again);
    }
}
