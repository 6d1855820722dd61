package dev.mergeway.schema.expression;

import dev.mergeway.schema.model.Late;
import dev.mergeway.schema.model.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Late values made of other late values and constant text. */
final class Composition {
    private Composition() {}

    /** One late value for the parts, each a text or a late value; a part that stands alone is itself. */
    static Object of(List<Object> parts) throws ExpressionException {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        if (parts.stream().anyMatch(Late.Generated.class::isInstance)) {
            throw new ExpressionException("random(n) must be the whole value of a Secret's data, not part of a text;"
                    + " put it in a Secret of its own and refer to it from there");
        }
        String text = parts.stream()
                .map(part -> part instanceof Late late ? late.text() : part.toString())
                .collect(Collectors.joining());
        return new Late.Deferred(text, secret(parts), needs(parts), live -> {
            Object value = resolve(parts, live);
            return value == null ? "" : value;
        });
    }

    private static boolean secret(List<Object> parts) {
        return parts.stream().anyMatch(part -> part instanceof Late late && late.secret());
    }

    /** The resources that the late values among the parts read, sorted. */
    static List<ResourceKey> needs(List<?> parts) {
        Set<ResourceKey> needs = new TreeSet<>();
        for (Object part : parts) {
            if (part instanceof Late.Deferred deferred) {
                needs.addAll(deferred.needs());
            }
        }
        return List.copyOf(needs);
    }

    /** The value of the parts: of its own type where there is one part, else text. */
    static @Nullable Object resolve(List<Object> parts, Map<ResourceKey, Map<String, Object>> live)
            throws Late.UnresolvedException {
        if (parts.size() == 1) {
            return value(parts.getFirst(), live);
        }
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            text.append(value(part, live));
        }
        return text.toString();
    }

    private static @Nullable Object value(Object part, Map<ResourceKey, Map<String, Object>> live)
            throws Late.UnresolvedException {
        return switch (part) {
            case Late.Deferred deferred -> deferred.resolver().resolve(live);
            case Late.Generated generated ->
                throw new Late.UnresolvedException(
                        generated.text() + " has no value yet: it is made when its Secret is first applied");
            default -> part;
        };
    }
}
