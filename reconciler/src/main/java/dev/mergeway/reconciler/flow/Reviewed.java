package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.plan.Planner;
import dev.mergeway.reconciler.policy.Guardrail;
import dev.mergeway.reconciler.policy.Guardrails;
import dev.mergeway.reconciler.report.PlanReading;
import dev.mergeway.reconciler.resource.CanonicalJson;
import dev.mergeway.schema.model.ResourceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What reviews cover that were given before a merge: steps and guardrails of which the plan that was shown said that they
 * want an approval, and nothing else (product.md: a plan is bound to its hash). Pure.
 *
 * @param steps what was to be done to a resource and wants an approval
 * @param deletions what was to go, of so much at once that it wants an approval
 * @param guardrails the guardrails that want an approval, as {@link #name} names them
 */
record Reviewed(Map<ResourceKey, String> steps, Set<ResourceKey> deletions, Set<String> guardrails) {
    static final Reviewed NOTHING = new Reviewed(Map.of(), Set.of(), Set.of());

    Reviewed {
        steps = Map.copyOf(steps);
        deletions = Set.copyOf(deletions);
        guardrails = Set.copyOf(guardrails);
    }

    /** What a shown plan asked an approval for: its JSON, and the names of guardrails that were noted with it. */
    static Reviewed of(String plan, Collection<String> guardrails) {
        Set<ResourceKey> deletions = guardrails.contains(Guardrails.DELETIONS) ? PlanReading.destroyed(plan) : Set.of();
        return new Reviewed(PlanReading.requiring(plan, Planner.APPROVAL), deletions, Set.copyOf(guardrails));
    }

    /** These steps, which were shown as they are now. */
    static Reviewed of(Plan plan, Predicate<PlanStep> shown) {
        Map<ResourceKey, String> steps = plan.steps().stream()
                .filter(step -> step.requires().contains(Planner.APPROVAL))
                .filter(shown)
                .collect(Collectors.toMap(
                        PlanStep::resource, step -> step.action().label()));
        return new Reviewed(steps, Set.of(), Set.of());
    }

    /**
     * A guardrail by what it says, which for a policy tells also of which spec it says so. How much is deleted at once may
     * be another share of what there is by then, and is told by what is deleted.
     */
    static String name(Guardrail guardrail) {
        return guardrail.name().equals(Guardrails.DELETIONS)
                ? guardrail.name()
                : CanonicalJson.hash(List.of(guardrail.name(), guardrail.message()));
    }

    Reviewed and(Reviewed other) {
        Map<ResourceKey, String> allSteps = new HashMap<>(steps);
        allSteps.putAll(other.steps);
        Set<ResourceKey> allDeletions = new HashSet<>(deletions);
        allDeletions.addAll(other.deletions);
        Set<String> allGuardrails = new HashSet<>(guardrails);
        allGuardrails.addAll(other.guardrails);
        return new Reviewed(allSteps, allDeletions, allGuardrails);
    }

    boolean covers(PlanStep step) {
        return step.action().label().equals(steps.get(step.resource()));
    }

    boolean covers(Guardrail guardrail) {
        return guardrails.contains(name(guardrail));
    }
}
