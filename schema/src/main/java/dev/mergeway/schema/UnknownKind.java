package dev.mergeway.schema;

import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.validate.CompiledSchema;
import dev.mergeway.schema.validate.EngineSchemas;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can be said of a document whose kind is not known: whether its frame is right. */
final class UnknownKind {
    private static final CompiledSchema FRAME = CompiledSchema.of(EngineSchemas.document("", "", Map.of()));

    private UnknownKind() {}

    /** Findings about anything but the kind, and but what was said already. */
    static List<Finding> findings(Document document, Set<String> said) {
        return FRAME.check(document).stream()
                .filter(finding ->
                        !finding.pointer().equals("/kind") && !finding.message().contains("'kind'"))
                .filter(finding -> finding.pointer().isEmpty() || !said.contains(finding.pointer()))
                .toList();
    }
}
