package dev.mergeway.reconciler.policy;

import dev.mergeway.schema.model.Spec;

/**
 * Where something is asked for.
 *
 * @param repository name of the configured repository
 * @param spec the spec that asks
 * @param pointer the part of its body that does, "" for all of it
 */
public record Origin(String repository, Spec spec, String pointer) {}
