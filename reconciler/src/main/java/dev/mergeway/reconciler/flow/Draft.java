package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.policy.Guardrail;
import dev.mergeway.reconciler.policy.PolicyRules;
import dev.mergeway.reconciler.policy.Subject;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A plan with what is needed to carry it out.
 *
 * @param plan the plan
 * @param wanted the resources that its steps make, by key
 * @param differences how they differ, by key
 * @param lost resources that their specs want no more and that there is nothing to do about: they are gone already, or
 *     another environment takes them over
 * @param leaving whose the resources are that its steps delete, by key
 * @param environments the environments it touches, as declared after; one that is removed is missing
 * @param tiers the strictest tier of each environment, before and after
 * @param subjects what policies judge
 * @param policies the policies that judge it
 * @param monthlyUsd what it costs more a month than before
 * @param limits what else stands against it: budgets that it exceeds, a platform that is broken
 * @param unreachable problems of targets that could not be asked; the plan is incomplete where there are any
 */
record Draft(
        Plan plan,
        Map<ResourceKey, Wanted> wanted,
        Map<ResourceKey, Difference> differences,
        Set<ResourceKey> lost,
        Map<ResourceKey, Ownership> leaving,
        Map<String, Environment> environments,
        Map<String, Tier> tiers,
        List<Subject> subjects,
        PolicyRules policies,
        double monthlyUsd,
        List<Guardrail> limits,
        List<Problem> unreachable) {
    Draft {
        lost = Set.copyOf(lost);
        leaving = Map.copyOf(leaving);
        environments = Map.copyOf(environments);
        tiers = Map.copyOf(tiers);
        subjects = List.copyOf(subjects);
        limits = List.copyOf(limits);
        unreachable = List.copyOf(unreachable);
    }

    /** What policies and other limits say of it. */
    List<Guardrail> judged(String author) {
        var summary = plan.summary();
        Map<String, Object> counts = Map.of(
                "create", (long) summary.create(),
                "update", (long) summary.update(),
                "replace", (long) summary.replace(),
                "delete", (long) summary.delete());
        List<Guardrail> judged =
                new ArrayList<>(policies.judge(subjects, new PolicyRules.Context(counts, author, monthlyUsd)));
        judged.addAll(limits);
        return judged;
    }
}
