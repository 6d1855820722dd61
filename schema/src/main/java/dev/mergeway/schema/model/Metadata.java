package dev.mergeway.schema.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code metadata} of a document.
 *
 * @param name what it is called
 * @param environment the environment that it names, null where it names none
 * @param team who owns it, null where it does not say
 * @param labels its labels
 * @param annotations its annotations
 */
public record Metadata(
        String name,
        @Nullable String environment,
        @Nullable String team,
        Map<String, String> labels,
        Map<String, String> annotations) {
    public Metadata {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }
}
