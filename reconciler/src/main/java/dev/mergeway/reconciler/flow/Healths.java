package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.health.HealthRules;
import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.Observation;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.ConcreteResource.ReadyCheck;
import dev.mergeway.schema.model.ResourceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How resources are doing, asked side by side. What was well, and by its target's watch has not moved since, is well
 * still: nobody is asked. Losing what is known costs questions, nothing else.
 */
final class Healths {
    private static final Logger LOG = LoggerFactory.getLogger(Healths.class);

    private final Map<String, Target> targets;
    private final Map<ResourceKey, Well> well = new ConcurrentHashMap<>();

    /** A version in which a resource passed its checks. */
    private record Well(String version, List<String> checks) {}

    Healths(Map<String, Target> targets) {
        this.targets = targets;
    }

    /** How each of them is doing now; the targets bound how many are asked about at once. */
    Map<ResourceKey, HealthState> of(Collection<Wanted> wanted) {
        Map<ResourceKey, HealthState> healths = new ConcurrentHashMap<>();
        Map<ResourceKey, Wanted> open = new HashMap<>();
        for (Wanted one : wanted) {
            if (isWell(one.resource())) {
                healths.put(one.resource().key(), HealthState.HEALTHY);
            } else {
                open.put(one.resource().key(), one);
            }
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            open.forEach((key, one) -> threads.execute(() -> healths.put(key, ask(one.resource()))));
        }
        return healths;
    }

    /** The resource is gone, so that nothing need be known of it. */
    void forget(ResourceKey key) {
        well.remove(key);
    }

    private boolean isWell(ConcreteResource resource) {
        Well known = well.get(resource.key());
        return known != null && known.checks().equals(checks(resource)) && isWell(resource.key());
    }

    /** Whether by its target's watch it has not moved since it was well, by whatever checks it had then. */
    boolean isWell(ResourceKey key) {
        Target target = targets.get(key.target());
        Well known = well.get(key);
        return target != null && known != null && target.seen(key).equals(Optional.of(known.version()));
    }

    private HealthState ask(ConcreteResource resource) {
        ResourceKey key = resource.key();
        Target target = targets.get(key.target());
        if (target == null) {
            return new HealthState(HealthState.Status.UNKNOWN, "no target is called " + key.target());
        }
        try {
            Optional<Observation> seen = target.observe(key);
            HealthState health = seen.map(one -> HealthRules.judge(one, resource.ready()))
                    .orElse(new HealthState(HealthState.Status.MISSING, "it is not there"));
            if (health.equals(HealthState.HEALTHY) && seen.isPresent()) {
                well.put(key, new Well(seen.get().live().version(), checks(resource)));
            } else {
                well.remove(key);
            }
            return health;
        } catch (TargetException e) {
            return new HealthState(HealthState.Status.UNKNOWN, e.problem().message());
        } catch (RuntimeException e) {
            LOG.error("the health of {} could not be judged", key, e);
            return new HealthState(HealthState.Status.UNKNOWN, Objects.toString(e.getMessage(), ""));
        }
    }

    private static List<String> checks(ConcreteResource resource) {
        return resource.ready().stream().map(ReadyCheck::text).toList();
    }
}
