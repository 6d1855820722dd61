package dev.mergeway.reconciler.plan;

import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.schema.model.ConcreteResource;

/**
 * A resource that shall be there.
 *
 * @param resource what its spec expanded to
 * @param difference how it differs from the live one
 */
public record Wanted(ConcreteResource resource, Difference difference) {
    public Wanted {
        if (!resource.key().equals(difference.key())) {
            throw new IllegalArgumentException(difference.key() + " is not the difference of " + resource.key());
        }
    }
}
