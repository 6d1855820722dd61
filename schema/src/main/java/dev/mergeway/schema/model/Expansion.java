package dev.mergeway.schema.model;

import java.util.List;

/**
 * What specs expand to.
 *
 * @param resources all concrete resources of the specs that expanded, in apply order: whatever one depends on comes
 *     before it, and where that leaves a choice, by kind (namespaces, then configuration, then workloads) and key
 * @param findings what was wrong, of all specs; a spec with an error has no resources here and hides nobody else's
 */
public record Expansion(List<ConcreteResource> resources, List<Finding> findings) {
    public Expansion {
        resources = List.copyOf(resources);
        findings = List.copyOf(findings);
    }
}
