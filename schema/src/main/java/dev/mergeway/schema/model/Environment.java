package dev.mergeway.schema.model;

import java.util.Map;

/**
 * A place to run things, checked.
 *
 * @param spec the document it was read from, of kind {@code Environment}; its body holds quota, budget and the rest
 * @param tier which defaults and policies apply
 * @param targets per provider ({@code kubernetes}, {@code aws}) the name of the target that serves it
 */
public record Environment(Spec spec, Tier tier, Map<String, String> targets) {
    public Environment {
        targets = Map.copyOf(targets);
    }

    /** Its name, which is also the name of its namespace. */
    public String name() {
        return spec.metadata().name();
    }
}
