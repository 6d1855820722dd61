package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Observation;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.resource.Trees;
import dev.mergeway.schema.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A target that can do with a change what it is told to: where its real one would update, it replaces, takes over or
 * refuses.
 */
final class MoodyTarget implements Target {
    /** What it does instead of an update, by the kind of the resource. */
    final Map<String, Action> moods = new HashMap<>();

    /** Whether it cannot be asked. */
    boolean away;

    /** Whether what it made is on its way yet. */
    boolean starting;

    final List<ResourceKey> applied = new ArrayList<>();

    /** Names of resources of which it takes no change. */
    final Set<String> refused = new HashSet<>();

    /** Whether it knows without being asked what moved. */
    boolean watching;

    /** What it was asked to compare. */
    final List<ResourceKey> compared = new ArrayList<>();

    private final Map<ResourceKey, String> asDesired = new HashMap<>();

    /** How often it was asked for all that is in it. */
    final AtomicInteger inventories = new AtomicInteger();

    private final Target real;

    MoodyTarget(Target real) {
        this.real = real;
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public List<Difference> compare(List<Desired> desired) throws TargetException {
        if (away) {
            throw new TargetException(new Problem(Problem.Turn.PLATFORM, "The target is away.", "", true), null);
        }
        List<Difference> differences =
                real.compare(desired).stream().map(this::moody).toList();
        for (Difference difference : differences) {
            compared.add(difference.key());
            if (difference.action() == Action.UNCHANGED) {
                asDesired.put(difference.key(), version(difference.key()));
            }
        }
        return differences;
    }

    private String version(ResourceKey key) throws TargetException {
        return real.read(key).map(Live::version).orElse("");
    }

    @Override
    public Optional<String> seen(ResourceKey key) {
        try {
            return watching ? real.read(key).map(Live::version) : Optional.empty();
        } catch (TargetException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean untouched(ResourceKey key) {
        return seen(key).equals(Optional.ofNullable(asDesired.get(key)));
    }

    private Difference moody(Difference difference) {
        Action mood = moods.get(difference.key().kind());
        return mood == null || difference.action() != Action.UPDATE
                ? difference
                : new Difference(difference.key(), mood, difference.fields(), "a mood", List.of(), null);
    }

    @Override
    public List<Live> inventory(String environment) throws TargetException {
        inventories.incrementAndGet();
        return real.inventory(environment);
    }

    @Override
    public Optional<Live> read(ResourceKey key) throws TargetException {
        return real.read(key);
    }

    @Override
    public Outcome apply(Desired desired, Difference planned) throws TargetException {
        applied.add(planned.key());
        if (refused.contains(planned.key().name())) {
            return Outcome.failed(planned.key(), new Problem(Problem.Turn.AUTHOR, "It is not wanted.", "", false));
        }
        return real.apply(desired, planned);
    }

    @Override
    public Outcome delete(ResourceKey key, Ownership owner) throws TargetException {
        return real.delete(key, owner);
    }

    @Override
    public Optional<Observation> observe(ResourceKey key) throws TargetException {
        return starting ? real.observe(key).map(MoodyTarget::starting) : real.observe(key);
    }

    private static Observation starting(Observation seen) {
        Live live = seen.live();
        Map<String, Object> metadata = new HashMap<>(Trees.mapping(live.body(), "/metadata"));
        metadata.put("deletionTimestamp", "2026-01-01T00:00:00Z");
        Map<String, Object> body = new HashMap<>(live.body());
        body.put("metadata", metadata);
        return new Observation(new Live(live.key(), body, live.version()), seen.related());
    }

    @Override
    public AutoCloseable watch(Consumer<Change> sink) throws TargetException {
        return real.watch(sink);
    }

    @Override
    public void close() {
        real.close();
    }
}
