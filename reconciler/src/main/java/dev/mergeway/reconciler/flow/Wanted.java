package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.schema.model.ConcreteResource;

/** A concrete resource with who it will belong to. */
record Wanted(ConcreteResource resource, Ownership owner) {
    static Wanted of(ConcreteResource resource, String repository) {
        return new Wanted(resource, new Ownership(repository, resource.spec(), resource.stateful()));
    }
}
