package dev.mergeway.reconciler.resource;

import java.util.List;
import java.util.stream.Collectors;

/** Names in a sentence: the first of them, and how many more there are. */
public final class Few {
    private Few() {}

    /**
     * The names in a row.
     *
     * @param most how many are named
     */
    public static String of(int most, List<String> names) {
        String first = names.stream().limit(most).collect(Collectors.joining(", "));
        return names.size() > most ? first + " and " + (names.size() - most) + " more" : first;
    }
}
