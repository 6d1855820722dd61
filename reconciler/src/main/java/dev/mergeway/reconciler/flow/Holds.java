package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.plan.Planner;
import dev.mergeway.reconciler.policy.Guardrail;
import dev.mergeway.reconciler.policy.Guardrails;
import dev.mergeway.reconciler.policy.Judgement;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.schema.model.ResourceKey;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What of a release must wait, and why. Pure.
 *
 * @param reasons why, by resource
 */
record Holds(Map<ResourceKey, String> reasons) {
    /**
     * Decides what is held.
     *
     * @param plan the plan of the merged revision
     * @param judgement what guardrails and policies say of it
     * @param shown whether a resource's deletion or replacement was shown in the pull request (or is what a revert takes
     *     back)
     * @param reviewed what reviews of the pull request cover, which is none of what it did not show
     * @param agreed whether somebody approved this very plan
     */
    static Holds of(Plan plan, Judgement judgement, Predicate<PlanStep> shown, Reviewed reviewed, boolean agreed) {
        String denied = judgement.guardrails().stream()
                .filter(rail ->
                        rail.level() == Guardrail.Level.DENY && !rail.name().equals("valid"))
                .map(rail -> rail.name().equals(Guardrails.PLATFORM)
                        ? "the platform is broken at " + rail.message()
                        : "a policy denies it")
                .findFirst()
                .orElse("");
        List<Guardrail> open = judgement.guardrails().stream()
                .filter(rail -> rail.level() == Guardrail.Level.APPROVAL)
                .filter(rail -> rail.name().equals(Guardrails.DELETIONS) || !reviewed.covers(rail))
                .toList();
        Map<ResourceKey, String> reasons = new LinkedHashMap<>();
        for (PlanStep step : plan.steps()) {
            String reason = "";
            if (step.action() == Action.UNCHANGED) {
                continue;
            } else if (!denied.isEmpty()) {
                reason = denied;
            } else if (!agreed) {
                reason = reason(step, open, reviewed);
                if (reason.isEmpty() && step.action().destroys() && !shown.test(step)) {
                    reason = "no valid pull request showed that it would be "
                            + step.action().label() + "d";
                }
            }
            if (!reason.isEmpty()) {
                reasons.put(step.resource(), reason);
            }
        }
        return new Holds(reasons);
    }

    private static final Set<String> BUILT_IN =
            Set.of("valid", "stateful", "ownership", Guardrails.DELETIONS, Guardrails.BUDGET);

    private static String reason(PlanStep step, List<Guardrail> open, Reviewed reviewed) {
        boolean destroys = step.action().destroys();
        if (open.stream().anyMatch(rail -> !BUILT_IN.contains(rail.name()))) {
            return "a policy wants an approval";
        }
        if (!destroys && open.stream().anyMatch(rail -> rail.name().equals(Guardrails.BUDGET))) {
            return "its environment would cost more than its budget and nobody else approved it";
        }
        if (step.stateful() && destroys && !reviewed.covers(step)) {
            return "it destroys data and nobody else approved it";
        }
        if (step.requires().contains(Planner.APPROVAL) && !reviewed.covers(step)) {
            return "somebody else owns (parts of) it and nobody approved taking it over";
        }
        boolean wholesale = open.stream().anyMatch(rail -> rail.name().equals(Guardrails.DELETIONS));
        if (destroys && wholesale && !reviewed.deletions().contains(step.resource())) {
            return "it deletes much of an environment of tier prod and nobody else approved it";
        }
        return "";
    }

    /** Whether anything is done: a step that changes something, and neither is held nor comes after one that is. */
    boolean letThrough(Plan plan) {
        Set<ResourceKey> waiting = new HashSet<>(reasons.keySet());
        boolean acts = false;
        boolean made = true;
        for (PlanStep step : plan.steps()) {
            boolean last = step.action() == Action.DELETE;
            boolean waits = waiting.contains(step.resource())
                    || step.dependsOn().stream().anyMatch(waiting::contains)
                    || (last && !made);
            if (waits) {
                waiting.add(step.resource());
                made &= last;
            }
            acts |= !waits && step.action() != Action.UNCHANGED;
        }
        return acts;
    }

    boolean isEmpty() {
        return reasons.isEmpty();
    }
}
