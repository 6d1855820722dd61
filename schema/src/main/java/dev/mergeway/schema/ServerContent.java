package dev.mergeway.schema;

import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Finding;
import java.util.List;
import java.util.Optional;

/**
 * A configuration file of the service, raw but checked by its schema.
 *
 * @param document the document of kind {@code Server}, or empty where there is none that could be read
 * @param findings what is wrong; with an error among them the document is not to be used
 */
public record ServerContent(Optional<Document> document, List<Finding> findings) {
    public ServerContent {
        findings = List.copyOf(findings);
    }
}
