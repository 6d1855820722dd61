package dev.mergeway.schema.score;

import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Spec;
import java.util.List;
import java.util.Optional;

/**
 * What a Score file was read as.
 *
 * @param spec the spec of kind {@code Deployment}; empty where the file does not even say a name or its containers
 * @param findings what it says that cannot be honoured; what is wrong with its shape is the schema's to say
 */
public record Converted(Optional<Spec> spec, List<Finding> findings) {
    public Converted {
        findings = List.copyOf(findings);
    }
}
