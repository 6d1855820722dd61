package dev.mergeway.reconciler.resource;

/**
 * Why something could not be done, sorted by who must act.
 *
 * @param turn whose turn it is
 * @param message what was tried, why it failed, what to do; free of secrets
 * @param pointer JSON pointer into the resource that it is about, "" where none
 * @param passing whether trying again later may help without anybody acting
 */
public record Problem(Turn turn, String message, String pointer, boolean passing) {
    /** Whose turn it is: the author of the spec, the platform team (targets, credentials, quota), or Mergeway itself. */
    public enum Turn {
        AUTHOR,
        PLATFORM,
        MERGEWAY
    }
}
