package dev.mergeway.reconciler.report;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.policy.Guardrail;
import dev.mergeway.reconciler.policy.Judgement;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.FieldChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plan for the terminal. Whatever stands in specs can't move the cursor or colour anything. */
public final class PlanText {
    private static final String RESET = "\u001b[0m";

    private PlanText() {}

    /**
     * Lines, each ending with a line end. Findings are not among them: they go where findings go.
     *
     * @param colour whether the terminal shows colours
     */
    public static String of(Plan plan, Judgement judgement, Setting setting, boolean colour) {
        StringBuilder text = new StringBuilder();
        Consequences.bySpec(plan).forEach((origin, steps) -> {
            text.append(Safe.name(origin.environment()));
            text.append(origin.place().isEmpty() ? "" : "  " + Safe.name(origin.place()))
                    .append('\n');
            steps.forEach(step -> step(step, colour, text));
        });
        for (Guardrail guardrail : judgement.guardrails()) {
            if (guardrail.level() != Guardrail.Level.PASS) {
                text.append(guardrail.level().name().toLowerCase(Locale.ROOT)).append("  ");
                text.append(Safe.name(guardrail.name()))
                        .append(": ")
                        .append(Safe.plain(Fixes.plain(guardrail), 1_000))
                        .append('\n');
            }
        }
        return text.append(text.isEmpty() ? "" : "\n")
                .append(closing(plan, setting))
                .append('\n')
                .toString();
    }

    private static void step(PlanStep step, boolean colour, StringBuilder text) {
        String line = "  " + sign(step.action()) + " " + step.action().label() + " "
                + Safe.name(step.resource().kind()) + " "
                + Safe.name(step.resource().name());
        text.append(colour ? colour(step.action()) + line + RESET : line);
        text.append(step.reason().isEmpty() ? "" : "  (" + Safe.words(step.reason()) + ")");
        text.append(
                step.requires().isEmpty() ? "" : "  [needs " + Safe.words(String.join(", ", step.requires())) + "]");
        text.append('\n');
        if (step.action() != Action.CREATE && step.action() != Action.DELETE) {
            step.fields()
                    .forEach(change ->
                            text.append("      ").append(change(change)).append('\n'));
        }
    }

    private static String change(FieldChange change) {
        String path = FieldLines.path(change.pointer());
        return change.sensitive()
                ? path + ": (hidden)"
                : path + ": " + FieldLines.scalar(change.before()) + " → " + FieldLines.scalar(change.after());
    }

    private static String sign(Action action) {
        return switch (action) {
            case CREATE -> "+";
            case UPDATE, ADOPT -> "~";
            case REPLACE -> "±";
            case DELETE -> "-";
            case UNCHANGED -> " ";
        };
    }

    private static String colour(Action action) {
        return switch (action) {
            case CREATE -> "\u001b[32m";
            case UPDATE, ADOPT -> "\u001b[34m";
            case REPLACE -> "\u001b[33m";
            case DELETE -> "\u001b[31m";
            case UNCHANGED -> "";
        };
    }

    private static String closing(Plan plan, Setting setting) {
        List<String> said = new ArrayList<>(
                Consequences.of(plan).stream().map(Sentence::plain).toList());
        if (said.isEmpty()) {
            return "Nothing to change.";
        }
        said.addAll(Consequences.closing(plan, setting));
        String words = said.stream().collect(Collectors.joining("; "));
        return "This " + words + ".\nPlan " + plan.hash() + ": " + StatusLine.counts(plan.summary()) + ", "
                + plan.summary().unchanged() + " unchanged.";
    }
}
