package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.Pointers;
import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import dev.mergeway.reconciler.run.ResourceState;
import dev.mergeway.schema.model.Late;
import dev.mergeway.schema.model.ResourceKey;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What need not be looked at: all of an environment was compared with what is applied there, that is the same still, and by
 * its target's watch the resource has not moved since. So a look around at rest reads no spec. Losing what is known here
 * costs a look.
 */
final class Calm {
    private final Map<String, Target> targets;
    private final Predicate<ResourceKey> isWell;
    private final Map<String, Looked> looked = new ConcurrentHashMap<>();

    /**
     * A look at everything.
     *
     * @param at what was applied
     * @param restless resources that may want to be otherwise though nothing of that changes
     */
    private record Looked(Basis at, Set<ResourceKey> restless) {}

    /**
     * All that decides what an environment wants.
     *
     * @param revisions the applied revisions by repository
     * @param offer identifies kinds and policies
     * @param declared what identifies the contents of the files that declare it, by repository
     */
    record Basis(Map<String, String> revisions, String offer, Map<String, String> declared) {}

    /** @param isWell whether a resource was healthy and has not moved since */
    Calm(Map<String, Target> targets, Predicate<ResourceKey> isWell) {
        this.targets = targets;
        this.isWell = isWell;
    }

    /** Those of an environment's resources that must be looked at. */
    Map<ResourceKey, ResourceState> restless(String environment, Basis basis, Map<ResourceKey, ResourceState> states) {
        Looked last = looked.get(environment);
        if (last == null || !last.at().equals(basis)) {
            return states;
        }
        Map<ResourceKey, ResourceState> restless = new TreeMap<>(states);
        restless.values().removeIf(state -> !last.restless().contains(state.key()) && isCalm(state));
        return restless;
    }

    private boolean isCalm(ResourceState state) {
        Target target = targets.get(state.key().target());
        return state.sync() == Sync.SYNCED
                && state.health().equals(HealthState.HEALTHY)
                && target != null
                && target.untouched(state.key())
                && isWell.test(state.key());
    }

    /**
     * All of an environment that had to be was looked at.
     *
     * @param states what was looked at
     * @param wanted what of it is wanted
     */
    void looked(String environment, Basis basis, Collection<ResourceKey> states, Map<ResourceKey, Wanted> wanted) {
        looked.put(
                environment,
                new Looked(
                        basis,
                        states.stream()
                                .filter(key -> !wanted.containsKey(key) || waits(wanted.get(key)))
                                .collect(Collectors.toSet())));
    }

    /** Whether what it shall be depends on what is live elsewhere. */
    private static boolean waits(Wanted wanted) {
        return Pointers.leaves(wanted.resource().body(), true).values().stream().anyMatch(Late.class::isInstance);
    }

    /** The environment is no more, or must be looked at again whatever is known. */
    void forget(String environment) {
        looked.remove(environment);
    }
}
