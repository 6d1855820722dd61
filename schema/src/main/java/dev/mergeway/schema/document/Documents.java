package dev.mergeway.schema.document;

import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Finding;
import java.util.List;
import java.util.Set;

/**
 * What the text of one file holds.
 *
 * @param documents its documents that could be read, in order; one that could not is not among them
 * @param broken indexes of those documents that were read in spite of an error in their text, such as a key written twice
 * @param findings what is wrong with the text, sorted
 */
public record Documents(List<Document> documents, Set<Integer> broken, List<Finding> findings) {
    public Documents {
        documents = List.copyOf(documents);
        broken = Set.copyOf(broken);
        findings = List.copyOf(findings);
    }
}
