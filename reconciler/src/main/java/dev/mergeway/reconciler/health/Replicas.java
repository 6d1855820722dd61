package dev.mergeway.reconciler.health;

import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.HealthState.Status;
import dev.mergeway.reconciler.resource.Look;
import java.util.Map;
import java.util.Optional;

/** What counts of replicas say where nothing else does. */
final class Replicas {
    private Replicas() {}

    static Optional<HealthState> judge(Map<String, Object> body) {
        long wanted = Look.number(body, Look.number(body, -1, "status", "replicas"), "spec", "replicas");
        long ready = Look.number(body, Look.number(body, -1, "status", "availableReplicas"), "status", "readyReplicas");
        if (wanted < 0 || ready < 0) {
            return Optional.empty();
        }
        return Optional.of(
                ready >= wanted
                        ? HealthState.HEALTHY
                        : HealthRules.state(Status.PROGRESSING, ready + " of " + wanted + " replicas are ready"));
    }
}
