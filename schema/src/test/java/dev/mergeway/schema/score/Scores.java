package dev.mergeway.schema.score;

import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Positions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    /** What stands at a JSON pointer in a tree, null where nothing does. */
    static @Nullable Object at(Object tree, String pointer) {
        Object here = tree;
        for (String part : pointer.substring(1).split("/")) {
            String name = part.replace("~1", "/").replace("~0", "~");
            if (here instanceof Map<?, ?> map) {
                here = map.get(name);
            } else if (here instanceof List<?> list) {
                here = list.get(Integer.parseInt(name));
            }
        }
        return here;
    }
}
