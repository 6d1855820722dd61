package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.plan.Planner;
import dev.mergeway.reconciler.report.Receipt;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.FieldChange;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.schema.model.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is live otherwise than it was applied: which of it may be put right without asking anybody, and words for it. Pure.
 *
 * @param differences how it differs; at least one where there are words to say
 * @param steps what it takes to put it right, by resource
 */
record Drifted(List<Difference> differences, Map<ResourceKey, PlanStep> steps) {
    static final String BY_HAND = "changed by hand";

    Drifted {
        differences = List.copyOf(differences);
        steps = Map.copyOf(steps);
    }

    static Drifted of(List<Difference> differences, Plan plan) {
        return new Drifted(
                differences,
                plan.steps().stream().collect(Collectors.toMap(PlanStep::resource, Function.identity(), (a, b) -> a)));
    }

    boolean isEmpty() {
        return differences.isEmpty();
    }

    /** Those that may be put right: nothing is lost by it, and nobody would have to approve it in a release. */
    Drifted healable() {
        return new Drifted(
                differences.stream()
                        .filter(difference -> mayHeal(steps.get(difference.key())))
                        .toList(),
                steps);
    }

    /** These of them. */
    Drifted only(Map<ResourceKey, ?> keys) {
        return new Drifted(
                differences.stream()
                        .filter(difference -> keys.containsKey(difference.key()))
                        .toList(),
                steps);
    }

    private static boolean mayHeal(@Nullable PlanStep step) {
        return step != null && !step.action().destroys() && !step.requires().contains(Planner.APPROVAL);
    }

    /** The first of them, and how many more there are. */
    String words() {
        Difference first = differences.getFirst();
        String more = differences.size() > 1 ? " and " + (differences.size() - 1) + " more" : "";
        String reason = first.reason().isEmpty() ? "" : "; " + first.reason();
        return first.key().kind() + " " + first.key().name() + " (" + fields(first) + reason + ")" + more;
    }

    /** Why it stays as it is and whose turn it is, where that is not to be healed; "" where it is. */
    String why() {
        return differences.stream()
                .filter(difference -> !mayHeal(steps.get(difference.key())))
                .findFirst()
                .map(this::why)
                .orElse("");
    }

    /** Why one of them stays as it is and whose turn it is; "" where it is to be healed. */
    String why(Difference difference) {
        PlanStep step = steps.get(difference.key());
        String name = difference.key().kind() + " " + difference.key().name();
        if (difference.refused().isPresent()) {
            Problem problem = difference.refused().get();
            return ". It cannot be put right: " + problem.message() + " " + Receipt.turn(problem.turn());
        }
        if (mayHeal(step)) {
            return "";
        }
        if (step != null && step.action().destroys()) {
            return ". It is left as it is, since putting it right would delete " + name + " and make it again"
                    + (step.stateful() ? ", and lose the data in it" : "") + ". " + Receipt.turn(Problem.Turn.AUTHOR)
                    + " Undo the change by hand, or change the spec in a pull request, which shows what is replaced and"
                    + " asks for the approval.";
        }
        return ". It is left as it is, since somebody else has a say in " + name + ". "
                + Receipt.turn(Problem.Turn.AUTHOR)
                + " Undo the change by hand, or change the spec in a pull request, which asks for the approval of taking"
                + " it over.";
    }

    /** Which fields differ. */
    static String fields(Difference difference) {
        return difference.action() == Action.CREATE
                ? "deleted"
                : String.join(
                        ", ",
                        difference.fields().stream()
                                .map(FieldChange::pointer)
                                .limit(5)
                                .toList());
    }
}
