package dev.mergeway.reconciler.kubernetes;

/** The API server gave no answer, or none that concerns the resource asked about: down, too slow, not letting us in. */
final class Unreachable extends Exception {
    private final boolean passing;

    /**
     * Says why.
     *
     * @param passing whether it may come back without anybody acting
     */
    Unreachable(String message, boolean passing, Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    boolean passing() {
        return passing;
    }
}
