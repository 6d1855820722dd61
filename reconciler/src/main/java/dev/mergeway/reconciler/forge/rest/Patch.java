package dev.mergeway.reconciler.forge.rest;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a file's new side that a unified diff shows: remarks can stand there and nowhere else.
 *
 * @param added numbers of the lines that are new
 * @param context numbers of the lines that are shown around them
 */
public record Patch(Set<Integer> added, Set<Integer> context) {
    private static final Pattern HUNK = Pattern.compile("^@@ -\\d{1,9}(?:,\\d{1,9})? \\+(\\d{1,9})(?:,\\d{1,9})? @@");

    public Patch {
        added = Set.copyOf(added);
        context = Set.copyOf(context);
    }

    /** Reads the hunks of one file. What is not a diff shows nothing. */
    public static Patch of(String hunks) {
        Set<Integer> added = new HashSet<>();
        Set<Integer> context = new HashSet<>();
        int line = 0;
        for (String text : hunks.split("\n", -1)) {
            Matcher hunk = HUNK.matcher(text);
            if (hunk.find()) {
                line = Integer.parseInt(hunk.group(1));
            } else if (line > 0 && text.startsWith("+")) {
                added.add(line++);
            } else if (line > 0 && text.startsWith(" ")) {
                context.add(line++);
            }
        }
        return new Patch(added, context);
    }
}
