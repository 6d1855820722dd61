package dev.mergeway.schema.document;

import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Finding;
import java.util.List;

/**
 * What the text of one file holds.
 *
 * @param documents its documents that could be read, in order; one that could not is not among them
 * @param findings what is wrong with the text, sorted
 */
public record Documents(List<Document> documents, List<Finding> findings) {
    public Documents {
        documents = List.copyOf(documents);
        findings = List.copyOf(findings);
    }
}
