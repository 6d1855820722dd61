package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.Summary;
import dev.mergeway.reconciler.resource.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

    /** {@code 2 created, 1 deleted}, or {@code nothing had to be changed}. */
    static String done(Collection<Outcome> outcomes) {
        Map<Outcome.Result, Integer> counts = new EnumMap<>(Outcome.Result.class);
        outcomes.forEach(outcome -> counts.merge(outcome.result(), 1, Integer::sum));
        counts.remove(Outcome.Result.UNCHANGED);
        List<String> parts = new ArrayList<>();
        counts.forEach((result, count) -> parts.add(count + " " + result.name().toLowerCase(Locale.ROOT)));
        return parts.isEmpty() ? "nothing had to be changed" : String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String verb) {
        if (count > 0) {
            parts.add(count + " to " + verb);
        }
    }
}
