package dev.mergeway.schema.validate;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which known name somebody meant who wrote another. */
public final class Nearest {
    private static final int LONGEST = 100;

    private Nearest() {}

    /**
     * The known name nearest to what was written, or empty where none is near enough to be meant. Case and dashes or
     * underscores count for nothing; otherwise every third character may differ. Of equally near ones the first in
     * alphabetical order.
     */
    public static Optional<String> of(String written, Collection<String> known) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        String folded = fold(written);
        int allowed = Math.max(1, folded.length() / 3);
        return known.stream()
                .filter(name -> Math.abs(name.length() - written.length()) <= allowed + 2)
                .filter(name -> distance(folded, fold(name)) <= allowed)
                .min(Comparator.comparingInt((String name) -> distance(folded, fold(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment) from one to the other. */
    static int distance(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            last[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                boolean same = from.charAt(row - 1) == to.charAt(column - 1);
                int best = Math.min(Math.min(current[column - 1], last[column]) + 1, last[column - 1] + (same ? 0 : 1));
                boolean swapped = row > 1
                        && column > 1
                        && from.charAt(row - 1) == to.charAt(column - 2)
                        && from.charAt(row - 2) == to.charAt(column - 1);
                current[column] = swapped ? Math.min(best, beforeLast[column - 2] + 1) : best;
            }
            beforeLast = last;
            last = current;
        }
        return last[to.length()];
    }
}
