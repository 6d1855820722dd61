package dev.mergeway.reconciler.plan;

import dev.mergeway.schema.model.ConcreteResource;

/** Where in a spec stands what decided a resource. */
final class Origins {
    private Origins() {}

    /** The place in the spec that decided a field of the resource: its own, or that of the nearest field around it. */
    static String of(ConcreteResource resource, String pointer) {
        String at = pointer;
        while (true) {
            String origin = resource.provenance().get(at);
            if (origin != null) {
                return origin;
            }
            int slash = at.lastIndexOf('/');
            if (slash < 0) {
                return "";
            }
            at = at.substring(0, slash);
        }
    }
}
