package dev.mergeway.reconciler.health;

import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.Observation;
import dev.mergeway.schema.model.ConcreteResource.ReadyCheck;
import java.util.List;

/** Live state to health. */
public final class HealthRules {
    private HealthRules() {}

    /** How a resource is doing, with its blueprint's checks. */
    public static HealthState judge(Observation seen, List<ReadyCheck> ready) {
        return ready.stream()
                .filter(check -> !check.test().test(seen.live().body()))
                .findFirst()
                .map(check -> new HealthState(HealthState.Status.PROGRESSING, "waits until " + check.text()))
                .orElse(HealthState.HEALTHY);
    }
}
