package dev.mergeway.webhooks.event;

/** Where deliveries are kept. Safe for many threads; each call comes on a virtual thread and may block. */
@FunctionalInterface
public interface Deliveries {
    /** Whether it is about a repository that somebody here looks at; where it is not, its sender is told so. */
    default boolean concerns(Delivery delivery) {
        return true;
    }

    /**
     * Keeps a delivery. When this returns, it survives a crash.
     *
     * @return false if a delivery of this forge and id was kept before; then nothing happens twice
     * @throws NotStoredException if it could not be kept; the forge is told to come again
     */
    boolean store(Delivery delivery) throws NotStoredException;

    /** A delivery could not be kept; the message says why, for the log. */
    final class NotStoredException extends Exception {
        /** Carries why. */
        public NotStoredException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
