package dev.mergeway.schema.document;

import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.FindingRule;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Positions;
import dev.mergeway.schema.model.Severity;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads one document of a file; adds what is wrong with it to the findings. */
final class ChunkReader {
    private final String file;
    private final int index;
    private final Chunk chunk;
    private final Limits limits;
    private final List<Finding> findings;

    ChunkReader(String file, int index, Chunk chunk, Limits limits, List<Finding> findings) {
        this.file = file;
        this.index = index;
        this.chunk = chunk;
        this.limits = limits;
        this.findings = findings;
    }

    /** The document, or empty where it could not be read or holds nothing. */
    Optional<Document> read() {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(limits.bytes() + 1)
                .build();
        TreeBuilder builder = new TreeBuilder(file, chunk.line(), limits, findings);
        try {
            Iterator<Event> events =
                    new Parse(settings).parseString(chunk.text()).iterator();
            Event first = next(events);
            while (first.getEventId() == Event.ID.StreamStart || first.getEventId() == Event.ID.DocumentStart) {
                first = next(events);
            }
            if (first.getEventId() == Event.ID.StreamEnd) {
                return Optional.empty();
            }
            Object root = builder.build(first, events);
            events.forEachRemaining(event -> {});
            return document(root, builder);
        } catch (YamlEngineException e) {
            findings.add(SyntaxWords.finding(file, chunk, e));
        } catch (RefusedException e) {
            findings.add(e.finding());
        }
        return Optional.empty();
    }

    private static Event next(Iterator<Event> events) {
        return events.next();
    }

    private Optional<Document> document(@Nullable Object root, TreeBuilder builder) {
        Position start = builder.start();
        if (root instanceof Map<?, ?> map) {
            return Optional.of(new Document(file, index, TreeBuilder.tree(map), new Positions(builder.positions())));
        }
        if (root != null) {
            findings.add(new Finding(
                    Severity.ERROR,
                    file,
                    start,
                    "",
                    FindingRule.YAML_NOT_A_MAP.id(),
                    root instanceof List<?>
                            ? "The document is a list, not a spec: a spec is a map of fields."
                            : "The document is only a text, not a spec: a spec is a map of fields.",
                    root instanceof List<?>
                            ? "Remove the dash at the beginning; several specs in one file are separated by a line '---'."
                            : "Write a field as 'name: value', with a space after the colon."));
        }
        return Optional.empty();
    }
}
