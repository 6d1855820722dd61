package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Pointers;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.resource.Resolution;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Late;
import dev.mergeway.schema.model.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks the targets how what is wanted differs from what is live. */
final class Comparing {
    private final Map<String, Target> targets;
    private final Map<ResourceKey, Difference> differences = new LinkedHashMap<>();
    private final List<Problem> unreachable = new ArrayList<>();

    Comparing(Map<String, Target> targets) {
        this.targets = targets;
    }

    Map<ResourceKey, Difference> differences() {
        return differences;
    }

    /** Problems of targets that could not be asked. */
    List<Problem> unreachable() {
        return unreachable;
    }

    /** Compares all that is wanted, one batch for each target. */
    void compare(Collection<Wanted> wanted) {
        Map<String, List<Wanted>> byTarget = new LinkedHashMap<>();
        wanted.forEach(each -> byTarget.computeIfAbsent(each.resource().key().target(), any -> new ArrayList<>())
                .add(each));
        byTarget.forEach((name, batch) -> {
            Target target = targets.get(name);
            if (target != null) {
                compare(target, batch);
            }
        });
    }

    private void compare(Target target, List<Wanted> batch) {
        try {
            List<Desired> desired = new ArrayList<>();
            for (Wanted wanted : batch) {
                desired.add(desired(wanted, null));
            }
            target.compare(desired).forEach(difference -> differences.put(difference.key(), difference));
        } catch (TargetException e) {
            unreachable.add(e.problem());
        }
    }

    /**
     * What is wanted, with whatever late values can be known now.
     *
     * @param generator makes random values where none are live, null when planning
     */
    Desired desired(Wanted wanted, @Nullable IntFunction<String> generator) throws TargetException {
        ConcreteResource resource = wanted.resource();
        Map<ResourceKey, Map<String, Object>> live = new HashMap<>();
        boolean keepsOwn = false;
        for (Object leaf : Pointers.leaves(resource.body(), true).values()) {
            switch (leaf) {
                case Late.Deferred deferred -> {
                    for (ResourceKey need : deferred.needs()) {
                        if (!live.containsKey(need)) {
                            read(need).ifPresent(found -> live.put(need, found.body()));
                        }
                    }
                }
                case Late.Generated generated -> keepsOwn = true;
                case null, default -> {}
            }
        }
        Map<String, Object> own =
                keepsOwn ? read(resource.key()).map(Live::body).orElse(null) : null;
        return Resolution.resolve(resource, wanted.owner(), live, own, generator);
    }

    /** A live resource; empty where it is not there or its target is not configured. */
    Optional<Live> read(ResourceKey key) throws TargetException {
        Target target = targets.get(key.target());
        return target == null ? Optional.empty() : target.read(key);
    }

    /** A live resource that was compared; empty where its target cannot be asked (any more). */
    Optional<Live> held(ResourceKey key) {
        try {
            return read(key);
        } catch (TargetException e) {
            unreachable.add(e.problem());
            return Optional.empty();
        }
    }

    /** Resources of ours among the keys that are live and belong to the environment, to be deleted. */
    List<Live> ours(Collection<ResourceKey> keys, String environment) {
        List<Live> ours = new ArrayList<>();
        keys.stream()
                .collect(Collectors.groupingBy(ResourceKey::target, TreeMap::new, Collectors.toList()))
                .values()
                .forEach(some -> {
                    try {
                        read(some).filter(live -> belongs(live, environment)).forEach(ours::add);
                    } catch (TargetException e) {
                        unreachable.add(e.problem());
                    }
                });
        return ours;
    }

    /** Reads resources of one target side by side, which bounds how many at once; one that is silent is not asked on. */
    private Stream<Live> read(List<ResourceKey> keys) throws TargetException {
        AtomicReference<TargetException> silent = new AtomicReference<>();
        List<Optional<Live>> found;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            found = keys.stream()
                    .map(key -> threads.submit(() -> silent.get() == null ? read(key, silent) : Optional.<Live>empty()))
                    .toList()
                    .stream()
                    .map(Comparing::result)
                    .toList();
        }
        TargetException first = silent.get();
        if (first != null) {
            throw first;
        }
        return found.stream().flatMap(Optional::stream);
    }

    private Optional<Live> read(ResourceKey key, AtomicReference<TargetException> silent) {
        try {
            return read(key);
        } catch (TargetException e) {
            silent.compareAndSet(null, e);
            return Optional.empty();
        }
    }

    private static Optional<Live> result(Future<Optional<Live>> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while reading", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a resource could not be read in an unforeseen way", e.getCause());
        }
    }

    /** Whether no target has anything against what is wanted, as far as they were asked. */
    boolean takesAll() {
        return differences.values().stream().allMatch(difference -> difference.refusal() == null);
    }

    /**
     * Everything of ours of an environment that is live.
     *
     * @param silent takes the problems of targets that cannot be asked
     */
    List<Live> inventory(Collection<String> names, String environment, List<Problem> silent) {
        List<Live> found = new ArrayList<>();
        for (String name : names) {
            Target target = targets.get(name);
            if (target == null) {
                continue;
            }
            try {
                target.inventory(environment).stream()
                        .filter(live -> live.owner().isPresent())
                        .forEach(found::add);
            } catch (TargetException e) {
                silent.add(e.problem());
            }
        }
        return found;
    }

    private static boolean belongs(Live live, String environment) {
        return live.owner()
                .filter(owner -> owner.spec().environment().equals(environment))
                .isPresent();
    }
}
