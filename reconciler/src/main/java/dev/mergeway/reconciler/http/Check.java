package dev.mergeway.reconciler.http;

/**
 * Something without which the service is not ready.
 *
 * @param name what it is, such as {@code database} or {@code repository shop}
 * @param ok whether it is there
 * @param message why not, "" where it is
 */
public record Check(String name, boolean ok, String message) {}
