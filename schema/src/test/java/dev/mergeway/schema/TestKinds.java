package dev.mergeway.schema;

import dev.mergeway.schema.validate.EngineSchemas;
import dev.mergeway.schema.validate.TreeNodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** A small catalogue for tests of reading: Deployment in the shape of ours, and Postgres. */
public final class TestKinds {
    private static final List<String> KINDS = List.of("Deployment", "Postgres");
    private static final Map<String, Map<String, Object>> SCHEMAS =
            Map.of("Deployment", load("Deployment"), "Postgres", load("Postgres"));

    private TestKinds() {}

    static SpecReader reader() {
        return new SpecReader(KINDS, kind -> Optional.ofNullable(SCHEMAS.get(kind)));
    }

    static FileContent read(String file, String text) {
        return reader().read(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> load(String kind) {
        String path = "/kinds/" + kind.toLowerCase(java.util.Locale.ROOT) + ".json";
        try (InputStream in = Objects.requireNonNull(TestKinds.class.getResourceAsStream(path))) {
            Map<String, Object> parameters =
                    TreeNodes.map(JsonMapper.builder().build().readTree(in));
            return EngineSchemas.document(kind, String.valueOf(parameters.get("description")), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
