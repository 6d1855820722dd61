package dev.mergeway.reconciler.run;

import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.schema.model.ResourceKey;

/**
 * What is known of one managed resource.
 *
 * @param environment the environment it belongs to
 * @param key the resource
 * @param sync how live compares with Git
 * @param health how it is doing and why
 * @param message why it is not in sync, "" where it is
 * @param repository where its spec is
 * @param file the spec's file
 * @param line the spec's line
 */
public record ResourceState(
        String environment,
        ResourceKey key,
        EnvironmentState.Sync sync,
        HealthState health,
        String message,
        String repository,
        String file,
        int line) {
    /** The same, comparing with Git and doing otherwise, for a reason. */
    public ResourceState with(EnvironmentState.Sync other, HealthState now, String reason) {
        return new ResourceState(environment, key, other, now, reason, repository, file, line);
    }
}
