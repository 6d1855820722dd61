package dev.mergeway.reconciler.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The examples in GitHub's description of its API: what a stand-in answers is one of them with the facts put in. */
final class Examples {
    private final JsonNode examples;

    /** Reads them. */
    Examples() {
        try (var in = Files.newInputStream(Judge.description())) {
            examples = JsonMapper.shared().readTree(in).path("components").path("examples");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of one, or of the first of a list. */
    ObjectNode copy(String name) {
        JsonNode value = examples.path(name).path("value");
        return (ObjectNode) (value.isArray() ? value.path(0) : value).deepCopy();
    }
}
