package dev.mergeway.reconciler.report;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.ResourceKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A release, as far as it has come.
 *
 * @param plan what was to be done
 * @param outcomes what became of each step that was begun, in order
 * @param health how the resources are, as far as that is known
 * @param commit the merge commit
 * @param took from the merge until now
 * @param ended whether nothing more will happen
 */
public record Applied(
        Plan plan,
        List<Outcome> outcomes,
        Map<ResourceKey, HealthState> health,
        String commit,
        Duration took,
        boolean ended) {
    public Applied {
        outcomes = List.copyOf(outcomes);
        health = Map.copyOf(health);
    }

    /** Whether a step failed, or was left out because another did. */
    public boolean failed() {
        return outcomes.stream()
                .anyMatch(outcome ->
                        outcome.result() == Outcome.Result.FAILED || outcome.result() == Outcome.Result.SKIPPED);
    }

    /** Whether something in the specs is wrong, so that it was left out. */
    boolean mistaken() {
        return plan.findings().stream().anyMatch(Finding::isError);
    }

    /** The worst health of its resources; healthy where nothing is known. */
    public HealthState.Status worst() {
        return health.values().stream()
                .map(HealthState::status)
                .max(HealthState.Status::compareTo)
                .orElse(HealthState.Status.HEALTHY);
    }

    /** {@code 4.2 s}, {@code 3 min 5 s}. */
    String duration() {
        if (took.toSeconds() >= 60) {
            return took.toMinutes() + " min " + took.toSecondsPart() + " s";
        }
        long tenths = took.toMillis() / 100;
        return tenths / 10 + "." + tenths % 10 + " s";
    }
}
