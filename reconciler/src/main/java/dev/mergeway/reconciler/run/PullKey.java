package dev.mergeway.reconciler.run;

/**
 * Which pull request.
 *
 * @param repository name of the configured repository
 * @param number its number
 */
public record PullKey(String repository, int number) {}
