package dev.mergeway.schema.score;

import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Positions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Score documents for tests. */
final class Scores {
    private Scores() {}

    /** A document at {@code shop/score.yaml}. */
    static Document document(String yaml) {
        Map<String, Object> root = new LinkedHashMap<>();
        Map<?, ?> loaded = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
        loaded.forEach((key, value) -> root.put(key.toString(), value));
        return new Document("shop/score.yaml", 0, root, Positions.NONE);
    }
}
