package dev.mergeway.reconciler.port;

import dev.mergeway.schema.model.Finding;

/**
 * A finding to be shown at its line.
 *
 * @param finding what there is to say
 * @param line what its line should read to put it right, "" where that is not known; untrusted text without control
 *     characters or code fences
 */
public record Remark(Finding finding, String line) {}
