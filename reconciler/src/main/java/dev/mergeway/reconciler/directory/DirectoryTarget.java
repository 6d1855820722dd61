package dev.mergeway.reconciler.directory;

import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.CanonicalJson;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Observation;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.schema.model.ResourceKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that stands for a live system: one YAML file per resource under {@code FOLDER/ENVIRONMENT/}. Runs nothing, so
 * whatever is there counts as healthy. A file that we did not write is never touched.
 */
public final class DirectoryTarget implements Target {
    // One writer per environment at a time; 16 of them in parallel are more than a disk wants.
    private static final int WRITERS = 16;

    private final String name;
    private final Folder folder;
    private final Places places;
    private final Memory memory = new Memory();
    private final List<Lock> locks = IntStream.range(0, WRITERS)
            .<Lock>mapToObj(index -> new ReentrantLock())
            .toList();
    // One watch serves all who listen: what it has seen of a file, it has seen for everybody.
    private final Lock watching = new ReentrantLock();
    private final List<Consumer<Change>> sinks = new CopyOnWriteArrayList<>();
    private @Nullable Watch watch;

    /**
     * Opens a folder, which is made when something is first written.
     *
     * @param name the target's name in the configuration
     * @param root the folder
     */
    public DirectoryTarget(String name, Path root) {
        this.name = name;
        this.folder = new Folder(root);
        this.places = new Places(name, folder);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Difference> compare(List<Desired> desired) throws TargetException {
        try {
            List<String> environments = folder.environments();
            List<Difference> differences = new ArrayList<>(desired.size());
            for (Desired one : desired) {
                differences.add(places.verdict(one, environments).difference());
            }
            return differences;
        } catch (IOException failed) {
            throw Words.exception("read the files of target " + name, failed);
        }
    }

    @Override
    public List<Live> inventory(String environment) throws TargetException {
        if (!FileNames.isFolder(environment)) {
            return List.of();
        }
        try {
            return places.inventory(environment);
        } catch (IOException failed) {
            throw Words.exception("list environment " + environment + " in target " + name, failed);
        }
    }

    @Override
    public Optional<Live> read(ResourceKey key) throws TargetException {
        try {
            return places.find(key);
        } catch (IOException failed) {
            throw Words.exception("read " + key, failed);
        }
    }

    @Override
    public Optional<Observation> observe(ResourceKey key) throws TargetException {
        return read(key).map(live -> new Observation(live, List.of()));
    }

    @Override
    public Outcome apply(Desired desired, Difference planned) {
        String environment = desired.owner().spec().environment();
        Lock lock = lock(environment);
        lock.lock();
        Verdicts verdict;
        Outcome outcome;
        try {
            verdict = places.verdict(desired, folder.environments());
            outcome = write(desired, planned, verdict);
        } catch (FileAlreadyExistsException appeared) {
            return Outcome.failed(desired.key(), changed("Somebody wrote " + appeared.getFile() + " in the meantime"));
        } catch (IOException failed) {
            return Outcome.failed(desired.key(), Words.problem("write " + desired.key(), failed));
        } finally {
            lock.unlock();
        }
        // Without the lock of the new environment: two that swap a resource must not wait for each other.
        return outcome.result() == Outcome.Result.FAILED || verdict.from().equals(environment)
                ? outcome
                : moved(outcome, verdict.from());
    }

    private Outcome moved(Outcome written, String from) {
        Outcome removed = delete(written.key(), from, _ -> true);
        return removed.result() == Outcome.Result.FAILED ? removed : written;
    }

    private Outcome write(Desired desired, Difference planned, Verdicts verdict) throws IOException {
        Difference now = verdict.difference();
        if (now.refused().isPresent()) {
            return Outcome.failed(desired.key(), now.refused().get());
        }
        if (!planned.conflicts().containsAll(now.conflicts())) {
            return Outcome.failed(
                    desired.key(), changed("It belongs to " + now.conflicts().getFirst() + " by now"));
        }
        boolean moves = !verdict.from().equals(desired.owner().spec().environment());
        boolean replaces = planned.action() == Action.REPLACE && now.action() != Action.CREATE;
        if (now.action() == Action.UNCHANGED && !replaces) {
            return Outcome.done(desired.key(), Outcome.Result.UNCHANGED);
        }
        put(desired, replaces ? Content.of(desired) : verdict.content(), now.action() == Action.CREATE || moves);
        return Outcome.done(
                desired.key(),
                replaces
                        ? Outcome.Result.REPLACED
                        : now.action() == Action.CREATE ? Outcome.Result.CREATED : Outcome.Result.UPDATED);
    }

    private void put(Desired desired, Content content, boolean fresh) throws IOException {
        String environment = desired.owner().spec().environment();
        String file = FileNames.of(desired.key(), environment);
        String text = content.text();
        // Remembered first: the watch may see the file before this method has returned.
        memory.holds(
                folder.path(environment, file),
                desired.key(),
                CanonicalJson.hash(text.getBytes(StandardCharsets.UTF_8)));
        folder.write(environment, file, text, desired.key().type().equals("v1/Secret"), fresh);
    }

    private static Problem changed(String what) {
        return new Problem(Problem.Turn.MERGEWAY, what + ": nothing was changed, and it is planned again.", "", true);
    }

    @Override
    public Outcome delete(ResourceKey key, Ownership owner) {
        return delete(key, owner.spec().environment(), owner::heldWith);
    }

    /** @param goes whether it goes if it is theirs; a file that does not say whose it is goes with its environment */
    private Outcome delete(ResourceKey key, String environment, Predicate<Ownership> goes) {
        if (!FileNames.isFolder(environment)) {
            return Outcome.done(key, Outcome.Result.DELETED);
        }
        Lock lock = lock(environment);
        lock.lock();
        try {
            String file = FileNames.of(key, environment);
            return switch (folder.read(environment, file)) {
                case Slot.Absent absent -> gone(key, environment);
                case Slot.Foreign foreign -> left(key, environment + "/" + file + " is " + foreign.what());
                case Slot.Broken broken -> deleted(key, environment, file, Content.read(broken.head()), goes);
                case Slot.Ours ours -> {
                    // The same object under another version of its type is another resource's file by now.
                    boolean other = ours.content()
                            .key(name)
                            .filter(found -> !found.equals(key))
                            .isPresent();
                    yield other
                            ? Outcome.done(key, Outcome.Result.DELETED)
                            : deleted(key, environment, file, ours.content(), goes);
                }
            };
        } catch (IOException failed) {
            return Outcome.failed(key, Words.problem("delete " + key, failed));
        } finally {
            lock.unlock();
        }
    }

    private Outcome gone(ResourceKey key, String environment) throws IOException {
        return places.elsewhere(key, environment, folder.environments())
                .map(other -> left(key, key + " belongs to environment " + other + " by now"))
                .orElseGet(() -> Outcome.done(key, Outcome.Result.DELETED));
    }

    private static Outcome left(ResourceKey key, String why) {
        return Outcome.failed(key, new Problem(Problem.Turn.PLATFORM, why + ". It is left alone.", "", false));
    }

    private Outcome deleted(
            ResourceKey key, String environment, String file, Content content, Predicate<Ownership> goes)
            throws IOException {
        Optional<Ownership> owner = new Live(key, content.body(), "").owner();
        if (owner.isPresent() && !goes.test(owner.get())) {
            return left(key, key + " belongs to " + owner.get().title() + " by now");
        }
        memory.forget(folder.path(environment, file));
        folder.delete(environment, file);
        return Outcome.done(key, Outcome.Result.DELETED);
    }

    private Lock lock(String environment) {
        return locks.get(Math.floorMod(environment.hashCode(), WRITERS));
    }

    @Override
    public AutoCloseable watch(Consumer<Change> sink) throws TargetException {
        watching.lock();
        try {
            sinks.add(sink);
            if (watch == null) {
                watch = Watch.begin(name, folder, memory, this::lock, this::tell);
            }
        } catch (IOException failed) {
            sinks.remove(sink);
            throw Words.exception("watch the folder of target " + name, failed);
        } finally {
            watching.unlock();
        }
        return () -> sinks.remove(sink);
    }

    private void tell(Change change) {
        sinks.forEach(sink -> sink.accept(change));
    }

    @Override
    public void close() {
        watching.lock();
        try {
            if (watch != null) {
                watch.close();
                watch = null;
            }
        } finally {
            watching.unlock();
        }
    }
}
