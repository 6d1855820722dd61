package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.FieldChange;
import dev.mergeway.reconciler.resource.Trees;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a resource must never be shown: all data of a Secret, and whatever its blueprint says.
 *
 * @param pointers values at and below these are hidden
 * @param texts the hidden values themselves, longest first, to be struck from what the server says
 */
record Sensitivity(Set<String> pointers, List<String> texts) {
    /** Shorter values would strike out half of every message. */
    private static final int SHORTEST_TEXT = 4;

    static Sensitivity of(Desired desired) {
        Set<String> pointers = new HashSet<>(desired.sensitive());
        if (desired.key().type().equals("v1/Secret")) {
            pointers.addAll(Set.of("/data", "/stringData"));
        }
        Set<String> texts = new HashSet<>();
        pointers.forEach(pointer -> collect(Trees.at(desired.body(), pointer), texts));
        List<String> longestFirst = new ArrayList<>(texts);
        longestFirst.sort(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        return new Sensitivity(pointers, longestFirst);
    }

    /** Whether the value at the pointer is hidden, all of it. */
    boolean hides(String pointer) {
        return pointers.stream().anyMatch(hidden -> pointer.equals(hidden) || pointer.startsWith(hidden + "/"));
    }

    /** Whether something at or below the pointer is hidden. */
    boolean within(String pointer) {
        return hides(pointer) || pointers.stream().anyMatch(hidden -> hidden.startsWith(pointer + "/"));
    }

    /** A change that shows its values only where it may. */
    FieldChange change(String pointer, @Nullable Object before, @Nullable Object after) {
        return within(pointer)
                ? new FieldChange(pointer, null, null, true)
                : new FieldChange(pointer, before, after, false);
    }

    /** The message without any hidden value. */
    String strike(String message) {
        String struck = message;
        for (String text : texts) {
            struck = struck.replace(text, "•••");
        }
        return struck;
    }

    private static void collect(@Nullable Object value, Set<String> texts) {
        switch (value) {
            case Map<?, ?> mapping -> mapping.values().forEach(below -> collect(below, texts));
            case List<?> list -> list.forEach(below -> collect(below, texts));
            case String text
            when text.length() >= SHORTEST_TEXT -> {
                texts.add(text);
                decoded(text, texts);
            }
            case null, default -> {}
        }
    }

    private static void decoded(String text, Set<String> texts) {
        try {
            String decoded = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
            if (decoded.length() >= SHORTEST_TEXT) {
                texts.add(decoded);
            }
        } catch (IllegalArgumentException e) {
            // not Base64: nothing more to hide
        }
    }
}
