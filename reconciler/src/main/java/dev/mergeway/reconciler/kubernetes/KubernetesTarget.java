package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.kubernetes.ClusterAccess.Impersonation;
import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Observation;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Outcome.Result;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.resource.Problem.Turn;
import dev.mergeway.schema.model.ResourceKey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A Kubernetes cluster. Everything is done by server-side apply under the field manager {@code mergeway}; a comparison
 * is a dry run of it. Bodies of the {@linkplain #inventory inventory} hold the metadata alone.
 */
public final class KubernetesTarget implements Target {
    private final ClusterAccess access;
    private final Api api;
    private final Kinds kinds;
    private final SyncMemory memory = new SyncMemory();
    private final Rehearsals rehearsals = new Rehearsals(System::nanoTime);
    private final Inventory inventory;
    private final Comparing comparing;
    private final Applying applying;
    private final Deleting deleting;
    private final Observing observing;

    /**
     * Reads the credentials; asks the cluster nothing yet.
     *
     * @throws IOException if the credentials cannot be read; the message says which and why
     */
    public KubernetesTarget(ClusterAccess access) throws IOException {
        this(access, Map.of());
    }

    /**
     * As above, acting for the specifications of some repositories as somebody else.
     *
     * @param as whom to act as, by the repository's name
     */
    public KubernetesTarget(ClusterAccess access, Map<String, Impersonation> as) throws IOException {
        this(access, as, Limits.USUAL);
    }

    /** As above, with other limits than the usual ones. */
    KubernetesTarget(ClusterAccess access, Limits limits) throws IOException {
        this(access, Map.of(), limits);
    }

    private KubernetesTarget(ClusterAccess access, Map<String, Impersonation> as, Limits limits) throws IOException {
        this.access = access;
        api = new Api(access, Thread::sleep, limits.answer());
        kinds = new Kinds(api);
        inventory = new Inventory(api, kinds, access);
        Actors actors = new Actors(api, as);
        comparing = new Comparing(api, actors, kinds, memory, rehearsals, access.home());
        Waits waits = new Waits(api);
        deleting = new Deleting(api, actors, kinds, waits, limits.gone());
        Readiness readiness = new Readiness(waits);
        applying =
                new Applying(new Applying.Tools(actors, kinds, memory, inventory, deleting, readiness, access.home()));
        observing = new Observing(api);
    }

    @Override
    public String name() {
        return access.name();
    }

    @Override
    public List<Difference> compare(List<Desired> desired) throws TargetException {
        List<Difference> differences = reached(() -> comparing.compare(desired));
        List<Problem> rights = differences.stream()
                .flatMap(difference -> difference.refused().stream())
                .filter(Refusals::ofRights)
                .toList();
        if (!rights.isEmpty() && rights.size() == differences.size()) {
            String message =
                    "Target " + access.name() + ": " + rights.getFirst().message();
            throw new TargetException(
                    new Problem(Turn.PLATFORM, message, "", false), new SecurityException("403 on everything"));
        }
        return differences;
    }

    @Override
    public List<Live> inventory(String environment) throws TargetException {
        return reached(() -> inventory.list(Names.environment(environment)));
    }

    @Override
    public Optional<Live> read(ResourceKey key) throws TargetException {
        return reached(() -> {
            Optional<Kind> kind = served(key);
            if (kind.isEmpty()) {
                return Optional.empty();
            }
            Reply reply = read(key, kind.get());
            if (reply.notServed()) {
                Optional<Kind> other = kinds.instead(kind.get());
                reply = other.isPresent() ? read(key, other.get()) : reply;
            }
            if (!reply.ok() && !reply.missing()) {
                throw new Unreachable(
                        Refusals.name(key) + " cannot be read: " + reply.message(),
                        reply.passing(),
                        new IllegalStateException("HTTP " + reply.code()));
            }
            String version = Look.text(reply.body(), "metadata", "resourceVersion");
            return reply.missing() ? Optional.empty() : Optional.of(new Live(key, reply.body(), version));
        });
    }

    private Reply read(ResourceKey key, Kind kind) throws Unreachable {
        return api.send(Call.read(kind.path(key.namespace(), key.name())), Patience.SHORT);
    }

    @Override
    public Outcome apply(Desired desired, Difference planned) throws TargetException {
        Names.environment(desired.owner().spec().environment());
        rehearsals.forget(desired.key());
        return reached(() -> applying.apply(desired, planned));
    }

    @Override
    public Outcome delete(ResourceKey key, Ownership owner) throws TargetException {
        rehearsals.forget(key);
        return reached(() -> {
            memory.forget(key);
            Optional<Kind> kind = served(key);
            if (kind.isEmpty()) {
                return Outcome.done(key, Result.DELETED); // went with its CRD
            }
            Outcome outcome = deleting.delete(key, kind.get(), owner);
            if (outcome.result() == Result.DELETED && key.namespace().isEmpty()) {
                inventory.forgetIfEmpty(owner.spec().environment()); // the last that go live in no namespace
            }
            return outcome;
        });
    }

    @Override
    public List<ResourceKey> along(ResourceKey key, String environment) throws TargetException {
        return reached(() -> new Along(api, kinds, inventory).of(key, environment));
    }

    @Override
    public Optional<Observation> observe(ResourceKey key) throws TargetException {
        return reached(() -> {
            Optional<Kind> kind = served(key);
            return kind.isEmpty() ? Optional.<Observation>empty() : observing.observe(key, kind.get());
        });
    }

    @Override
    public Optional<String> seen(ResourceKey key) {
        return memory.seen(key).map(SyncMemory.Seen::version);
    }

    @Override
    public boolean untouched(ResourceKey key) {
        return memory.untouched(key);
    }

    @Override
    public AutoCloseable watch(Consumer<Change> sink) {
        return new Watching(api, inventory, memory, sink);
    }

    @Override
    public void close() {
        api.close();
    }

    /** Whether the watches know all of these to be in sync, so that comparing them asks nothing. */
    boolean quiet(List<Desired> desired) {
        return desired.stream().allMatch(comparing::quiet);
    }

    /** Requests made so far, watches not counted. */
    long calls() {
        return api.calls();
    }

    private Optional<Kind> served(ResourceKey key) throws Unreachable {
        return Names.problem(key).isPresent() ? Optional.empty() : kinds.inAnyVersion(key.type());
    }

    private interface Asking<T> {
        T ask() throws Unreachable;
    }

    private <T> T reached(Asking<T> asking) throws TargetException {
        try {
            return asking.ask();
        } catch (Unreachable e) {
            String message = "Target " + access.name() + ": " + e.getMessage() + ".";
            throw new TargetException(new Problem(Turn.PLATFORM, message, "", e.passing()), e);
        }
    }
}
