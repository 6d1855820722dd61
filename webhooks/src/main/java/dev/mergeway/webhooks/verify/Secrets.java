package dev.mergeway.webhooks.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a forge signs with: the present secret and, while it is being changed, the one before it. */
public final class Secrets {
    private final List<String> values;

    private Secrets(List<String> values) {
        this.values = List.copyOf(values);
    }

    /**
     * The present secret and the one before it.
     *
     * @throws IllegalArgumentException if one is blank: a blank secret would let everybody in
     */
    public static Secrets of(String present, Optional<String> previous) {
        List<String> values = new ArrayList<>(List.of(present));
        previous.ifPresent(values::add);
        if (values.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a webhook secret is empty: set one, and the same on the forge");
        }
        return new Secrets(values);
    }

    /** One secret. */
    public static Secrets of(String present) {
        return of(present, Optional.empty());
    }

    List<String> texts() {
        return values;
    }

    List<byte[]> keys() {
        return values.stream()
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** How many, and nothing of what they are. */
    @Override
    public String toString() {
        return "Secrets[" + values.size() + "]";
    }
}
