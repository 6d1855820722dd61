package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.document.DocumentReader;
import dev.mergeway.schema.document.Documents;
import dev.mergeway.schema.document.Limits;
import dev.mergeway.schema.model.Blueprint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The blueprints in our own jar. */
final class ShippedBlueprints {
    private static final String FOLDER = "/blueprints/";

    private ShippedBlueprints() {}

    static List<Blueprint> read() {
        List<Blueprint> blueprints = new ArrayList<>();
        for (String name :
                new String(bytes("index.txt"), StandardCharsets.UTF_8).lines().toList()) {
            if (!name.isBlank() && !name.startsWith("#")) {
                String file = name.strip();
                blueprints.addAll(read("mergeway:blueprints/" + file, bytes(file)));
            }
        }
        return blueprints;
    }

    private static List<Blueprint> read(String file, byte[] content) {
        Documents read = new DocumentReader(Limits.DEFAULT).read(file, content);
        if (read.findings().stream().anyMatch(dev.mergeway.schema.model.Finding::isError)) {
            throw new IllegalStateException("a shipped blueprint is broken: " + read.findings());
        }
        return read.documents().stream().map(BlueprintReader::of).toList();
    }

    private static byte[] bytes(String name) {
        try (InputStream stream = ShippedBlueprints.class.getResourceAsStream(FOLDER + name)) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks " + FOLDER + name);
            }
            return stream.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
