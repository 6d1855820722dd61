package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.PlanHash;
import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.policy.Verdict;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.report.Facts;
import dev.mergeway.reconciler.report.PlanReading;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.schema.model.ResourceKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a plan deletes or replaces and somebody could see before it was merged. What a pull request that was not valid would
 * delete may be what its mistake does, and was not to be merged: that was not shown.
 */
record Shown(World world, Ledger ledger) {
    /** What was shown in the pull requests that came in, or is only taken back by a revert. */
    Predicate<PlanStep> in(List<Merged> merged, Plan plan) throws ForgeException {
        Predicate<PlanStep> shown = inPulls(merged, plan);
        Set<String> reverted = new HashSet<>();
        merged.forEach(each -> reverted.addAll(each.reverted(world)));
        return shown.or(step -> reverted.contains(step.file()));
    }

    private Predicate<PlanStep> inPulls(List<Merged> merged, Plan plan) throws ForgeException {
        Set<ResourceKey> keys = new HashSet<>();
        boolean all = false;
        for (Merged each : merged) {
            for (PullRequest pull : each.inOrder()) {
                Optional<PullState> known = ledger.pull(each.repository().name(), pull.number())
                        .filter(state -> state.head().equals(pull.head())
                                && !state.plan().isEmpty());
                if (known.isPresent()) {
                    known.filter(state -> !isInvalid(state.verdict()))
                            .ifPresent(state -> keys.addAll(PlanReading.destroyed(state.plan())));
                } else {
                    all |= world.said(each.repository(), pull.number())
                            .filter(facts -> facts.state() == Facts.State.PLAN
                                    && facts.head().equals(pull.head())
                                    && !isInvalid(facts.verdict()))
                            .filter(facts -> facts.destroyed().equals(PlanHash.ofDestroyed(plan.steps())))
                            .isPresent();
                }
            }
        }
        boolean everything = all;
        return step -> everything || keys.contains(step.resource());
    }

    private static boolean isInvalid(String verdict) {
        return verdict.equals(Verdict.INVALID.label());
    }
}
