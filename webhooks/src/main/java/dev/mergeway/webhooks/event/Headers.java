package dev.mergeway.webhooks.event;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The HTTP headers of a delivery; names are compared without case. */
public final class Headers {
    private final Map<String, String> values;

    private Headers(Map<String, String> values) {
        this.values = values;
    }

    /** Headers by name. Of two names that differ only in case, either may win: a delivery has one of each. */
    public static Headers of(Map<String, String> values) {
        Map<String, String> lower = new HashMap<>();
        values.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        return new Headers(Map.copyOf(lower));
    }

    /** The header of this name, with surrounding blanks removed; empty where it is absent or blank. */
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** The names only: a value may be a secret. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
