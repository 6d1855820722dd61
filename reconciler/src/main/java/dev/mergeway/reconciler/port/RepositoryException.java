package dev.mergeway.reconciler.port;

import org.jspecify.annotations.Nullable;

/** A repository cannot be read or brought up to date; the message says what was tried, why it failed, what to do. */
public final class RepositoryException extends Exception {
    private final boolean passing;

    /** @param passing whether trying again later may help without anybody acting */
    public RepositoryException(String message, boolean passing, @Nullable Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /** Whether trying again later may help without anybody acting. */
    public boolean passing() {
        return passing;
    }
}
