package dev.mergeway.reconciler.plan;

import dev.mergeway.reconciler.resource.Live;

/**
 * A live resource that its owner, who is one of those planned for, wants no more.
 *
 * @param live the resource as it is, with its owner's labels
 * @param file the file that its spec was in, "" where nobody knows any more
 * @param line the spec's line there, 0 where nobody knows
 */
public record Unwanted(Live live, String file, int line) {}
