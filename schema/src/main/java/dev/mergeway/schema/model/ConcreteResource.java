package dev.mergeway.schema.model;

import java.util.List;
import java.util.Map;

/**
 * One resource that a spec expands to, ready to be compared with the live one.
 *
 * @param key what it is known by
 * @param body for kubernetes the whole object with apiVersion, kind and metadata, Secrets with {@code data} in Base64
 *     and no {@code stringData}; for aws the properties. A tree that may hold {@link Late} leaves
 * @param stateful whether deleting or replacing it loses data, so that it needs an approval
 * @param dependsOn resources that must be applied before it, sorted
 * @param ready checks on its own live body, beyond what its kind says of health, each with its text
 * @param spec the spec it comes from: environment, kind, name
 * @param file path of the spec's file
 * @param line line of the spec's document in its file
 * @param provenance for a JSON pointer into the body, the JSON pointer into the spec's document that decided it, where
 *     known: so that a provider's complaint about a field can be shown at the developer's own line
 */
public record ConcreteResource(
        ResourceKey key,
        Map<String, Object> body,
        boolean stateful,
        List<ResourceKey> dependsOn,
        List<ReadyCheck> ready,
        SpecKey spec,
        String file,
        int line,
        Map<String, String> provenance) {
    public ConcreteResource {
        dependsOn = List.copyOf(dependsOn);
        ready = List.copyOf(ready);
        provenance = Map.copyOf(provenance);
    }

    /**
     * A check of a resource's live body.
     *
     * @param text the expression as the blueprint has it
     * @param test true when the live body (a tree) passes
     */
    public record ReadyCheck(String text, java.util.function.Predicate<Map<String, Object>> test) {}
}
