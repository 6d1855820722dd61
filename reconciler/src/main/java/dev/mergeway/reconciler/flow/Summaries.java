package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.Summary;
import java.util.ArrayList;
import java.util.List;

/** Counts in words. */
final class Summaries {
    private Summaries() {}

    /** {@code 2 to create, 1 to delete}, or {@code no changes}. */
    static String line(Plan plan) {
        Summary summary = plan.summary();
        List<String> parts = new ArrayList<>();
        add(parts, summary.create(), "create");
        add(parts, summary.update(), "update");
        add(parts, summary.replace(), "replace");
        add(parts, summary.delete(), "delete");
        return parts.isEmpty() ? "no changes" : String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String verb) {
        if (count > 0) {
            parts.add(count + " to " + verb);
        }
    }
}
