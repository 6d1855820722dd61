package dev.mergeway.reconciler.report;

import dev.mergeway.reconciler.resource.Trees;
import dev.mergeway.reconciler.resource.YamlText;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Late;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Concrete resources as YAML for a person: late values as their expression, a Secret's among them not in Base64. */
public final class ResourceYaml {
    private ResourceYaml() {}

    /** One YAML document, beginning with {@code ---}. */
    public static String document(ConcreteResource resource) {
        Map<String, Object> body =
                resource.key().type().equals("v1/Secret") ? secret(resource.body()) : resource.body();
        Map<String, Object> shown =
                resource.key().provider().equals("kubernetes") ? map(spelled(body)) : envelope(resource, spelled(body));
        return "---\n" + YamlText.of(shown);
    }

    private static Map<String, Object> map(@Nullable Object tree) {
        return tree instanceof Map<?, ?> map ? Trees.typed(map) : Map.of();
    }

    private static Map<String, Object> envelope(ConcreteResource resource, @Nullable Object properties) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("type", resource.key().type());
        envelope.put("name", resource.key().name());
        if (properties != null) {
            envelope.put("properties", properties);
        }
        return envelope;
    }

    /** Late values of {@code data} are moved to {@code stringData}: their expression is no Base64. */
    private static Map<String, Object> secret(Map<String, Object> body) {
        if (!(body.get("data") instanceof Map<?, ?> data)) {
            return body;
        }
        Map<String, Object> known = new LinkedHashMap<>();
        Map<String, Object> late = new LinkedHashMap<>();
        Trees.typed(data).forEach((key, value) -> (value instanceof Late ? late : known).put(key, value));
        if (late.isEmpty()) {
            return body;
        }
        Map<String, Object> shown = new LinkedHashMap<>(body);
        shown.remove("data");
        if (!known.isEmpty()) {
            shown.put("data", known);
        }
        shown.put("stringData", late);
        return shown;
    }

    private static @Nullable Object spelled(@Nullable Object tree) {
        return switch (tree) {
            case Late late -> late.text();
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> spelled = new LinkedHashMap<>();
                map.forEach((key, value) -> spelled.put(String.valueOf(key), spelled(value)));
                yield spelled;
            }
            case List<?> list -> {
                List<@Nullable Object> spelled = new ArrayList<>();
                list.forEach(element -> spelled.add(spelled(element)));
                yield spelled;
            }
            case null, default -> tree;
        };
    }
}
