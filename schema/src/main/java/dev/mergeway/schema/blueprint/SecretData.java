package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Markers;
import dev.mergeway.schema.model.Late;
import dev.mergeway.schema.model.Trees;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The two ways in which a Kubernetes Secret holds its data: as text and in Base64. */
final class SecretData {
    private SecretData() {}

    /** The Secret with {@code stringData} that also has what is in {@code data}, decoded. */
    static Map<String, Object> shown(Map<String, Object> secret) {
        Map<String, @Nullable Object> texts = new LinkedHashMap<>();
        Trees.map(secret.get("data")).forEach((name, value) -> texts.put(name, decoded(value)));
        texts.putAll(Trees.map(secret.get("stringData")));
        Map<String, Object> shown = new LinkedHashMap<>(secret);
        shown.put("stringData", Collections.unmodifiableMap(texts));
        return Collections.unmodifiableMap(shown);
    }

    private static Object decoded(Object value) {
        if (!(value instanceof String text) || Markers.marked(text)) {
            return value;
        }
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return text;
        }
    }

    /** The Secret with all of {@code stringData} in {@code data}. */
    static Map<String, Object> stored(Map<String, Object> secret) {
        if (!(secret.get("stringData") instanceof Map)) {
            return secret;
        }
        Map<String, Object> data = new LinkedHashMap<>(Trees.map(secret.get("data")));
        Trees.map(secret.get("stringData")).forEach((name, value) -> data.put(name, encoded(value)));
        Map<String, Object> stored = new LinkedHashMap<>();
        secret.forEach((name, value) -> {
            if (name.equals("stringData")) {
                stored.put("data", Collections.unmodifiableMap(data));
            } else if (!name.equals("data")) {
                stored.put(name, value);
            }
        });
        return Collections.unmodifiableMap(stored);
    }

    private static Object encoded(Object value) {
        return switch (value) {
            case Late.Generated generated -> generated;
            case Late.Deferred deferred ->
                new Late.Deferred(
                        deferred.text(),
                        deferred.secret(),
                        deferred.needs(),
                        live -> base64(deferred.resolver().resolve(live)));
            case null -> "";
            default -> base64(value);
        };
    }

    private static String base64(Object value) {
        return Base64.getEncoder().encodeToString(value.toString().getBytes(StandardCharsets.UTF_8));
    }
}
