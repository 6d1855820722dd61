package dev.mergeway.schema;

import dev.mergeway.schema.document.Documents;
import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.FindingRule;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.validate.CompiledSchema;
import dev.mergeway.schema.validate.EngineSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a configuration file: exactly one document, of kind Server. */
final class ServerReading {
    private static final CompiledSchema SCHEMA =
            CompiledSchema.of(EngineSchemas.of("Server").orElseThrow());

    private ServerReading() {}

    static ServerContent of(String file, Documents documents) {
        List<Finding> findings = new ArrayList<>(documents.findings());
        Optional<Document> server = documents.documents().stream().findFirst();
        server.ifPresent(document -> findings.addAll(SCHEMA.check(document)));
        documents.documents().stream().skip(1).forEach(more -> findings.add(second(more)));
        if (server.isEmpty() && findings.stream().noneMatch(Finding::isError)) {
            findings.add(new Finding(
                    Severity.ERROR,
                    file,
                    Position.START,
                    "",
                    FindingRule.SCHEMA_MISSING_FIELD.id(),
                    "The file holds no configuration.",
                    "Begin it with 'apiVersion: mergeway.dev/v1' and 'kind: Server'."));
        }
        findings.sort(Finding.ORDER);
        return new ServerContent(server, findings);
    }

    private static Finding second(Document document) {
        return document.finding(
                Severity.ERROR,
                "",
                FindingRule.SPEC_DUPLICATE.id(),
                "A configuration file holds one document of kind Server, and this is another.",
                "Keep specs in a repository of their own; the configuration has only the Server.");
    }
}
