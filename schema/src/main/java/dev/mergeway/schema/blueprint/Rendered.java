package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an instance came out as.
 *
 * @param resources its resources; their dependencies on other instances not yet among {@code dependsOn}
 * @param uses for a resource the instances whose outputs it holds
 * @param outputs its outputs, trees with markers
 * @param monthlyUsd its price a month in US dollars, null where it has none
 * @param findings what went wrong
 */
record Rendered(
        List<ConcreteResource> resources,
        Map<ResourceKey, Set<NodeKey>> uses,
        Map<String, Object> outputs,
        @Nullable Double monthlyUsd,
        List<Finding> findings) {
    /** Nothing, for these reasons. */
    static Rendered nothing(List<Finding> findings) {
        return new Rendered(List.of(), Map.of(), Map.of(), null, findings);
    }

    boolean failed() {
        return findings.stream().anyMatch(Finding::isError);
    }

    /** Its resources that no other of them waits for: whoever waits for these waits for all. */
    Set<ResourceKey> last() {
        Set<ResourceKey> last = new TreeSet<>();
        resources.forEach(resource -> last.add(resource.key()));
        resources.forEach(resource -> last.removeAll(resource.dependsOn()));
        return last;
    }
}
