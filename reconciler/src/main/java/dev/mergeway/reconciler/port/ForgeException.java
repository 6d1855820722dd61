package dev.mergeway.reconciler.port;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A forge did not do what it was asked; the message says what was tried, why it failed, what to do. */
public final class ForgeException extends Exception {
    private final boolean passing;
    private final @Nullable Duration wait;

    /**
     * @param passing whether trying again later may help without anybody acting
     * @param wait how long the forge asked to wait, null where it did not say
     */
    public ForgeException(String message, boolean passing, @Nullable Duration wait, @Nullable Throwable cause) {
        super(message, cause);
        this.passing = passing;
        this.wait = wait;
    }

    /** Whether trying again later may help without anybody acting. */
    public boolean passing() {
        return passing;
    }

    /** How long the forge asked to wait. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(wait);
    }
}
