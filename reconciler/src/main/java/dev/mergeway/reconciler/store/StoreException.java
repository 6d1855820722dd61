package dev.mergeway.reconciler.store;

import org.jspecify.annotations.Nullable;

/** The database cannot be used; the message says what was tried, why it failed and what to do. */
public final class StoreException extends RuntimeException {
    /** @param cause what the driver said, null where it was not asked */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
