package dev.mergeway.reconciler.health;

import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.HealthState.Status;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Observation;
import dev.mergeway.schema.model.ConcreteResource.ReadyCheck;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a live resource is doing. Built-in kinds of Kubernetes as kstatus (sigs.k8s.io/cli-utils) reads them, with the pod
 * or event behind it named; others by their conditions, phases and replica counts, corrected by a table of kinds. What
 * reports nothing is healthy as soon as it is there; so is every AWS resource.
 */
public final class HealthRules {
    private HealthRules() {}

    /** The health of what was observed; its words may be shown to anybody. */
    public static HealthState judge(Observation observation) {
        HealthState state = read(observation);
        return new HealthState(state.status(), Masking.of(state.message()));
    }

    private static HealthState read(Observation observation) {
        Map<String, Object> body = observation.live().body();
        if (!observation.live().key().provider().equals("kubernetes")) {
            return HealthState.HEALTHY;
        }
        if (Look.at(body, "metadata", "deletionTimestamp") != null) {
            return state(Status.PROGRESSING, "it is being deleted");
        }
        if (Generations.stale(body)) {
            return state(Status.PROGRESSING, "its controller has not seen the last change yet");
        }
        List<Map<String, Object>> related = observation.related();
        return Builtin.judge(body, related)
                .or(() -> KindTable.INSTANCE.judge(body))
                .orElseGet(() -> general(body));
    }

    /**
     * The health of what was observed, healthy only if all checks pass too: a blueprint may ask for more than a kind
     * says of itself, never for less.
     */
    public static HealthState judge(Observation observation, List<ReadyCheck> checks) {
        HealthState state = judge(observation);
        if (state.status() != Status.HEALTHY) {
            return state;
        }
        return checks.stream()
                .filter(check -> !check.test().test(observation.live().body()))
                .findFirst()
                .map(check -> state(Status.PROGRESSING, "waiting for " + check.text()))
                .orElse(state);
    }

    static HealthState state(Status status, String message) {
        return new HealthState(status, message);
    }

    /** The reading of objects of kinds that nobody taught us. */
    private static HealthState general(Map<String, Object> body) {
        for (String field : new String[] {"suspend", "suspended", "paused"}) {
            if (Look.yes(body, "spec", field)) {
                return state(Status.SUSPENDED, "it is suspended by spec." + field);
            }
        }
        boolean reporting = KindTable.INSTANCE.reporting(body);
        if (Generations.silent(body)) {
            return reporting ? state(Status.PROGRESSING, "its controller has not reported yet") : HealthState.HEALTHY;
        }
        Optional<HealthState> read =
                Conditions.judge(body).or(() -> Phases.judge(body)).or(() -> Replicas.judge(body));
        return read.orElse(HealthState.HEALTHY);
    }
}
