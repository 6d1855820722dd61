package dev.mergeway.reconciler.directory;

import dev.mergeway.reconciler.port.Target.Change;
import dev.mergeway.schema.model.ResourceKey;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices what a person does to our files: an edit, a deletion, a copy put back. The file system's events are hints; what
 * counts is whether a file holds something else than we last knew.
 */
final class Watch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final WatchEvent.Kind<?>[] KINDS = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE
    };

    private final String target;
    private final Folder folder;
    private final Memory memory;
    private final Function<String, Lock> locks;
    private final Consumer<Change> sink;
    private final WatchService service;
    private final Map<WatchKey, Path> watched = new ConcurrentHashMap<>();

    private Watch(String target, Folder folder, Memory memory, Function<String, Lock> locks, Consumer<Change> sink)
            throws IOException {
        this.target = target;
        this.folder = folder;
        this.memory = memory;
        this.locks = locks;
        this.sink = sink;
        this.service = folder.root().getFileSystem().newWatchService();
    }

    /** Begins to watch a folder, which is made where it is not there; {@code locks} gives the lock of an environment. */
    static Watch begin(String target, Folder folder, Memory memory, Function<String, Lock> locks, Consumer<Change> sink)
            throws IOException {
        Files.createDirectories(folder.root());
        Watch watch = new Watch(target, folder, memory, locks, sink);
        try {
            watch.start();
        } catch (IOException failed) {
            watch.close();
            throw failed;
        }
        return watch;
    }

    /** Registers every folder, then looks at what they hold now in a thread of its own, and stays there for events. */
    private void start() throws IOException {
        register(folder.root());
        List<String> environments = folder.environments();
        for (String environment : environments) {
            register(folder.root().resolve(environment));
        }
        Thread.ofVirtual().name("watch " + target).start(() -> run(environments));
    }

    private void register(Path path) throws IOException {
        watched.put(path.register(service, KINDS), path);
    }

    private void run(List<String> environments) {
        try {
            for (String environment : environments) {
                attempt(environment, () -> begin(environment));
            }
            while (true) {
                take(service.take());
            }
        } catch (ClosedWatchServiceException closed) {
            LOG.debug("Watch of target {} ends", target);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(WatchKey key) {
        Path path = watched.get(key);
        Set<String> names = new HashSet<>();
        boolean overflow = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            overflow |= event.kind() == StandardWatchEventKinds.OVERFLOW;
            if (event.context() instanceof Path name) {
                names.add(name.toString());
            }
        }
        boolean valid = key.reset();
        if (path == null) {
            return;
        }
        if (path.equals(folder.root())) {
            (overflow ? environments() : names).forEach(this::arrived);
            return;
        }
        String environment = path.getFileName().toString();
        if (overflow || !valid) {
            attempt(environment, () -> look(environment));
        } else {
            names.forEach(name -> attempt(environment, () -> look(environment, name)));
        }
        if (!valid) {
            watched.remove(key);
            arrived(environment);
        }
    }

    private Set<String> environments() {
        try {
            return Set.copyOf(folder.environments());
        } catch (IOException failed) {
            LOG.warn("Target {} can't be listed and is looked at again with the next event", target, failed);
            return Set.of();
        }
    }

    /** A folder appeared, went, or appeared again: files may have been in it before we watched it. */
    private void arrived(String environment) {
        if (FileNames.isFolder(environment)) {
            attempt(environment, () -> {
                boolean there = environments().contains(environment);
                if (there) {
                    register(folder.root().resolve(environment));
                }
                if (there || !memory.in(folder.root().resolve(environment)).isEmpty()) {
                    look(environment);
                }
            });
        }
    }

    /**
     * Learns which resources the files are that nothing is known of, so that their deletion can be told. What they hold
     * counts as not seen: whether it was changed before the watch began or after, only an event can say.
     */
    private void begin(String environment) throws IOException {
        for (String name : folder.files(environment)) {
            Path path = folder.path(environment, name);
            if (memory.of(path).isEmpty()) {
                key(folder.read(environment, name))
                        .filter(found -> FileNames.of(found, environment).equals(name))
                        .ifPresent(found -> memory.learn(path, found));
            }
        }
        for (Path path : memory.in(folder.root().resolve(environment))) {
            if (memory.of(path).filter(Memory.Known::seen).isPresent()) {
                look(environment, path.getFileName().toString());
            }
        }
    }

    /** Looks at all files of an environment: those that are there, and those that were. */
    private void look(String environment) throws IOException {
        List<Path> paths = new ArrayList<>(memory.in(folder.root().resolve(environment)));
        folder.files(environment).forEach(name -> paths.add(folder.path(environment, name)));
        for (Path path : new LinkedHashSet<>(paths)) {
            look(environment, path.getFileName().toString());
        }
    }

    private void look(String environment, String name) throws IOException {
        if (!name.endsWith(FileNames.SUFFIX) || name.startsWith(".")) {
            return;
        }
        Optional<ResourceKey> changed;
        Lock lock = locks.apply(environment);
        lock.lock();
        try {
            changed = changed(environment, name);
        } finally {
            lock.unlock();
        }
        changed.ifPresent(key -> sink.accept(new Change(environment, key)));
    }

    /** The resource of a file that holds something else than we last knew. */
    private Optional<ResourceKey> changed(String environment, String name) throws IOException {
        Path path = folder.path(environment, name);
        Optional<Memory.Known> known = memory.of(path);
        String hash = folder.hash(path);
        if (known.isPresent()) {
            if (hash.equals(known.get().hash())) {
                return Optional.empty();
            }
            if (hash.isEmpty()) {
                memory.forget(path);
            } else {
                memory.holds(path, known.get().key(), hash);
            }
            return known.map(Memory.Known::key);
        }
        Optional<ResourceKey> key = key(folder.read(environment, name))
                .filter(found -> FileNames.of(found, environment).equals(name));
        key.ifPresent(found -> memory.holds(path, found, hash));
        return key;
    }

    private Optional<ResourceKey> key(Slot slot) {
        return switch (slot) {
            case Slot.Absent absent -> Optional.empty();
            case Slot.Foreign foreign -> Optional.empty();
            case Slot.Ours ours -> ours.content().key(target);
            case Slot.Broken broken -> Content.read(broken.head()).key(target);
        };
    }

    private void attempt(String environment, Look look) {
        try {
            look.run();
        } catch (IOException failed) {
            LOG.warn(
                    "Folder {} of target {} can't be read and is looked at again with its next event",
                    environment,
                    target,
                    failed);
        } catch (ClosedWatchServiceException closed) {
            throw closed;
        } catch (RuntimeException failed) {
            // Whoever listens failed; the next event shall still be told.
            LOG.error(
                    "A change in folder {} of target {} was not taken and comes again with its next event",
                    environment,
                    target,
                    failed);
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException failed) {
            LOG.debug("Watch of target {} did not close cleanly", target, failed);
        }
    }

    /** A look at files. */
    @FunctionalInterface
    private interface Look {
        void run() throws IOException;
    }
}
