package dev.mergeway.reconciler.report;

import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.policy.Verdict;
import dev.mergeway.reconciler.report.Page.Row;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.schema.model.ResourceKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the comment of a pull request turns into once it is merged: what was done, how it is, how to undo it. */
public final class Receipt {
    static final String WAITING = "Applied, waiting until all is healthy";

    private Receipt() {}

    /** The Markdown; bounded and escaped as {@link PlanComment#plan}. */
    public static String markdown(Applied applied, Setting setting, int limit) {
        Page page = new Page(setting.page());
        Facts.State state = applied.failed() || applied.mistaken() ? Facts.State.FAILED : Facts.State.APPLIED;
        page.always(Facts.of(state, applied.plan(), Verdict.READY).lines());
        page.always("### " + heading(applied) + "\n\n" + took(applied) + ", at commit "
                + Blocks.commit(applied.commit()) + ".\n\n");
        mistakes(page, applied);
        problems(page, applied);
        resources(page, applied);
        Blocks.details(page, applied.plan());
        return page.always(footer(applied) + setting.commanding()).markdown(limit);
    }

    /** What a status line and the heading say. */
    static String heading(Applied applied) {
        if (applied.failed() || applied.mistaken()) {
            return "Not all of it could be applied";
        }
        if (!applied.ended()) {
            return applied.outcomes().size() < applied.plan().summary().changes() ? "Being applied" : WAITING;
        }
        return heading(applied.worst());
    }

    /** What it says once nothing more will happen. */
    static String heading(HealthState.Status worst) {
        return switch (worst) {
            case HEALTHY, SUSPENDED -> "Applied";
            case PROGRESSING -> "Applied, but not healthy in time";
            case MISSING, DEGRADED, UNKNOWN -> "Applied, but not healthy";
        };
    }

    /** {@code 3 created, 1 updated}. */
    static String done(Applied applied) {
        Map<Outcome.Result, Integer> counts = new EnumMap<>(Outcome.Result.class);
        applied.outcomes().forEach(outcome -> counts.merge(outcome.result(), 1, Integer::sum));
        counts.remove(Outcome.Result.UNCHANGED);
        List<String> parts = new ArrayList<>();
        counts.forEach((result, count) -> parts.add(count + " " + result.name().toLowerCase(Locale.ROOT)));
        return parts.isEmpty() ? "nothing had to be changed" : String.join(", ", parts);
    }

    /** How long it took where something was done: what is tried again to no avail reads the same each time. */
    private static String took(Applied applied) {
        return applied.mistaken() && applied.outcomes().isEmpty()
                ? "nothing was changed"
                : done(applied) + " in " + applied.duration();
    }

    private static void mistakes(Page page, Applied applied) {
        if (applied.mistaken()) {
            Blocks.findings(page, applied.plan().findings());
            page.always(
                    "What this is about stays as it was until it is put right: as said there, by another pull request, or"
                            + " by reverting the one that it came with.\n\n");
        }
    }

    private static void problems(Page page, Applied applied) {
        List<Row> rows = new ArrayList<>();
        for (Outcome outcome : applied.outcomes()) {
            Problem problem = outcome.problem();
            if (problem != null) {
                String title = Blocks.title(outcome.key());
                rows.add(new Row(
                        title,
                        "- " + Safe.code(title) + ": " + Safe.prose(problem.message()) + " " + turn(problem) + "\n"));
            }
        }
        page.rows(1, "**What failed**\n\n", rows, "\n", "failures");
    }

    static String turn(Problem problem) {
        return problem.passing() ? turn(problem.turn()) + " It is tried again by itself." : turn(problem.turn());
    }

    /** Whose turn it is, as a sentence. */
    public static String turn(Problem.Turn turn) {
        return switch (turn) {
            case AUTHOR -> "It is the turn of the spec's author.";
            case PLATFORM -> "It is the platform team's turn.";
            case MERGEWAY -> "It is Mergeway's own turn.";
        };
    }

    private static void resources(Page page, Applied applied) {
        Map<ResourceKey, PlanStep> steps = new HashMap<>();
        applied.plan().steps().forEach(step -> steps.put(step.resource(), step));
        List<Row> rows = new ArrayList<>();
        for (Outcome outcome : applied.outcomes()) {
            if (outcome.result() != Outcome.Result.UNCHANGED
                    || unwell(applied.health().get(outcome.key()))) {
                rows.add(row(outcome, steps.get(outcome.key()), applied.health().get(outcome.key())));
            }
        }
        page.rows(2, "| resource | environment | | health | |\n|---|---|---|---|---|\n", rows, "\n", "resources");
    }

    private static boolean unwell(@Nullable HealthState health) {
        return health != null && health.status() != HealthState.Status.HEALTHY;
    }

    private static Row row(Outcome outcome, @Nullable PlanStep step, @Nullable HealthState health) {
        String title = Blocks.title(outcome.key());
        String environment = step == null ? "" : Safe.code(step.environment());
        boolean gone = outcome.result() == Outcome.Result.DELETED || health == null;
        String result = outcome.result().name().toLowerCase(Locale.ROOT);
        return new Row(
                title,
                "| " + Safe.code(title) + " | " + environment + " | "
                        + (outcome.result() == Outcome.Result.FAILED ? "**" + result + "**" : result) + " | "
                        + (gone || health == null ? "" : health.status().label()) + " | "
                        + (gone || health == null ? "" : Safe.prose(health.message())) + " |\n");
    }

    private static String footer(Applied applied) {
        boolean lost = applied.plan().steps().stream()
                .anyMatch(step -> step.stateful() && step.action().destroys());
        boolean nothing = applied.plan().changesNothing()
                && applied.outcomes().stream().allMatch(outcome -> outcome.result() == Outcome.Result.UNCHANGED);
        String undo = nothing
                ? ""
                : "To undo it, reply `/mergeway rollback` or revert commit " + Blocks.commit(applied.commit())
                        + ": the revert gets a plan of its own."
                        + (lost ? " The data that was deleted is not brought back by that." : "")
                        + " ";
        return undo + "Plan " + Safe.code(applied.plan().hash()) + ".\n";
    }
}
