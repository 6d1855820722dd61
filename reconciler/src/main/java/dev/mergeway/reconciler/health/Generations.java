package dev.mergeway.reconciler.health;

import dev.mergeway.reconciler.resource.Look;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether what an object says of itself is about what it is now. */
final class Generations {
    private static final Set<String> TELLING =
            Set.of("Ready", "Available", "Healthy", "Succeeded", "Complete", "Completed", "Accepted");

    private Generations() {}

    /** Whether the status was written before the last change of the object. */
    static boolean stale(Map<String, Object> body) {
        long generation = Look.number(body, 0, "metadata", "generation");
        long observed = number(Look.at(body, "status", "observedGeneration"));
        return observed >= 0 && observed < generation
                || Conditions.all(body).stream()
                        .filter(condition -> TELLING.contains(Look.text(condition, "type")))
                        .map(condition -> number(condition.get("observedGeneration")))
                        .anyMatch(seen -> seen >= 0 && seen < generation);
    }

    /** Whether the status says nothing at all. */
    static boolean silent(Map<String, Object> body) {
        return Look.map(body, "status").values().stream().allMatch(Generations::empty);
    }

    private static boolean empty(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Map<?, ?> mapping -> mapping.isEmpty();
            case List<?> list -> list.isEmpty();
            default -> value.toString().isEmpty();
        };
    }

    /** Some controllers write it as text; -1 (flux) and nothing mean that it is not known. */
    private static long number(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }
}
