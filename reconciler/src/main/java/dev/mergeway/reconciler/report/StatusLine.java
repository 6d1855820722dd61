package dev.mergeway.reconciler.report;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.Summary;
import dev.mergeway.reconciler.policy.Guardrail;
import dev.mergeway.reconciler.policy.Judgement;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.schema.model.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a commit's status says: one line of plain text, of at most 140 characters (GitHub's limit). */
public final class StatusLine {
    /** Characters that a status takes at most. */
    public static final int LIMIT = 140;

    private StatusLine() {}

    /** Before the plan is there. */
    public static String planning() {
        return "Working out what merging this would do";
    }

    /** What a plan does, or why it can't be merged: with counts, or with the first finding. */
    public static String of(Plan plan, Judgement judgement) {
        return cut(
                switch (judgement.verdict()) {
                    case READY -> plan.changesNothing() ? nothing(plan) : "Ready: " + counts(plan.summary());
                    case BLOCKED -> "Blocked: " + blocker(judgement, plan);
                    case INVALID -> mistake(plan).orElse("Not valid");
                });
    }

    /** What may be why nothing comes of it is said, since nobody opens the page of what is green. */
    private static String nothing(Plan plan) {
        return first(plan, Severity.WARNING)
                .map(why -> "Nothing to change: " + why)
                .orElse("Nothing to change");
    }

    /** The first thing that is wrong, with its place. */
    private static Optional<String> mistake(Plan plan) {
        return first(plan, Severity.ERROR);
    }

    private static Optional<String> first(Plan plan, Severity severity) {
        return plan.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .findFirst()
                .map(finding -> finding.file() + ":" + finding.position().line() + " " + finding.message());
    }

    private static String blocker(Judgement judgement, Plan plan) {
        return judgement.guardrails().stream()
                .filter(guardrail -> guardrail.level().compareTo(Guardrail.Level.APPROVAL) >= 0)
                .findFirst()
                .map(guardrail -> guardrail.name() + ": " + Fixes.plain(guardrail))
                .orElseGet(() -> counts(plan.summary()));
    }

    /** {@code 2 to create, 1 to update, nothing deleted}. */
    static String counts(Summary summary) {
        List<String> parts = new ArrayList<>();
        add(parts, summary.delete(), "to delete");
        add(parts, summary.replace(), "to replace");
        add(parts, summary.create(), "to create");
        add(parts, summary.update(), "to update");
        if (summary.delete() + summary.replace() == 0) {
            parts.add("nothing deleted");
        }
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }

    /** How a release stands. */
    public static String of(Applied applied) {
        String first = applied.outcomes().stream()
                .filter(outcome -> outcome.result() == Outcome.Result.FAILED)
                .findFirst()
                .map(outcome -> ": " + Blocks.title(outcome.key()) + ": "
                        + (outcome.problem() == null ? "" : outcome.problem().message()))
                .orElseGet(() -> unhealthy(applied));
        String heading = Receipt.heading(applied);
        // While it waits, how long that took so far would be another status each time that somebody looks.
        String took = applied.ended() ? " in " + applied.duration() : "";
        return cut(first.isEmpty() ? heading + ": " + Receipt.done(applied) + took : heading + first);
    }

    private static String unhealthy(Applied applied) {
        return applied.health().entrySet().stream()
                .filter(entry -> entry.getValue().status().compareTo(HealthState.Status.PROGRESSING) > 0)
                .min(Map.Entry.comparingByKey())
                .map(entry -> ": " + Blocks.title(entry.getKey()) + ": "
                        + entry.getValue().message())
                .orElse("");
    }

    /** A release that waits for an approval. */
    public static String held(Judgement judgement, Plan plan) {
        return cut(mistake(plan)
                .map(finding -> "Held: " + finding)
                .orElseGet(() -> "Held, reply /mergeway approve: " + blocker(judgement, plan)));
    }

    /** Any line made fit: one line of at most 140 characters. */
    public static String cut(String text) {
        String line = Safe.plain(text, LIMIT);
        // A status is counted in UTF-16 by some forges.
        while (line.length() > LIMIT) {
            line = Safe.plain(line, line.codePointCount(0, line.length()) - 1);
        }
        return line;
    }
}
