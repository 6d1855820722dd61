package dev.mergeway.schema.document;

import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.FindingRule;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the YAML text of a file into its documents. Nothing in a file makes it throw or take long: what is wrong is a
 * finding, and hides nothing of the documents before and after it. Immutable and safe to share.
 */
public final class DocumentReader {
    private final Limits limits;

    /** A reader that accepts files within the limits. */
    public DocumentReader(Limits limits) {
        this.limits = limits;
    }

    /**
     * Reads one file.
     *
     * @param file its path, for findings
     * @param bytes its content as it is
     */
    public Documents read(String file, byte[] bytes) {
        SourceText source = SourceText.of(file, bytes, limits);
        if (source.problem() != null) {
            return new Documents(List.of(), Set.of(), List.of(source.problem()));
        }
        List<Document> documents = new ArrayList<>();
        Set<Integer> broken = new HashSet<>();
        List<Finding> findings = new ArrayList<>();
        List<Chunk> chunks = Chunk.split(source.text());
        if (chunks.isEmpty()) {
            findings.add(empty(file, source.text()));
        }
        if (chunks.size() > limits.documents()) {
            findings.add(tooMany(file, chunks));
            chunks = chunks.subList(0, limits.documents());
        }
        for (Chunk chunk : chunks) {
            int before = findings.size();
            int index = documents.size();
            new ChunkReader(file, index, chunk, limits, findings).read().ifPresent(documents::add);
            boolean read = documents.size() > index;
            if (read && findings.subList(before, findings.size()).stream().anyMatch(Finding::isError)) {
                broken.add(index);
            }
        }
        findings.sort(Finding.ORDER);
        return new Documents(documents, broken, findings);
    }

    private static Finding empty(String file, String text) {
        boolean blank = text.isBlank();
        return new Finding(
                blank ? Severity.WARNING : Severity.INFO,
                file,
                Position.START,
                "",
                FindingRule.YAML_EMPTY.id(),
                blank ? "The file is empty." : "The file holds only comments, so nothing is asked for.",
                "Write a spec into it, or delete the file.");
    }

    private Finding tooMany(String file, List<Chunk> chunks) {
        return new Finding(
                Severity.ERROR,
                file,
                new Position(chunks.get(limits.documents()).line(), 1),
                "",
                FindingRule.YAML_DOCUMENTS.id(),
                "The file holds " + chunks.size() + " documents, and at most " + limits.documents() + " are read.",
                "Split it into several files.");
    }
}
