package dev.mergeway.reconciler.resource;

/**
 * What a target says about a change that it would take: worth reading, but nothing stops for it.
 *
 * @param rule id that it is known by, such as {@code target/warning}
 * @param pointer RFC 6901 JSON pointer into the resource, "" for all of it
 * @param message in plain words; parts of it are the target's own and nobody vouches for them
 */
public record Notice(String rule, String pointer, String message) {}
