package dev.mergeway.reconciler.forge.local;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's word that a reference may have moved. It comes at once, but not always: watches run out, overflow, and know
 * nothing of what another machine writes to a shared file system. So it is a hint to look now, and nobody waits for it alone.
 */
final class RefEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RefEvents.class);
    private static final WatchEvent.Kind<?>[] KINDS = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE
    };

    /** Git writes a reference under this name before it moves: nothing has moved then. */
    private static final String UNFINISHED = ".lock";

    private final @Nullable WatchService service;
    private final Map<WatchKey, Watched> keys = new HashMap<>();
    private final Set<Path> covered = new LinkedHashSet<>();

    private record Watched(String repository, Path folder) {}

    private RefEvents(@Nullable WatchService service) {
        this.service = service;
    }

    /** Events of the kernel; where it has none to give, none ever come. */
    static RefEvents open() {
        try {
            return new RefEvents(FileSystems.getDefault().newWatchService());
        } catch (IOException e) {
            LOG.info("pushes to local repositories are noticed by looking alone: {}", e.getMessage());
            return none();
        }
    }

    /** No events at all. */
    static RefEvents none() {
        return new RefEvents(null);
    }

    /** Listens to the folders of a repository that it does not listen to yet. */
    void cover(String repository, Path root, RefTimes times) {
        listen(repository, root);
        for (Path path : times.byPath().keySet()) {
            if (!path.endsWith(RefTimes.PACKED)) {
                listen(repository, path);
            }
        }
    }

    private void listen(String repository, Path folder) {
        if (service == null || covered.contains(folder)) {
            return;
        }
        try {
            keys.put(folder.register(service, KINDS), new Watched(repository, folder));
            covered.add(folder);
        } catch (IOException | ClosedWatchServiceException e) {
            LOG.debug("{} is looked at alone: {}", folder, e.getMessage());
        }
    }

    /** Waits for the first event, but no longer than so, and gives the repositories in which something may have moved. */
    Set<String> await(Duration most) {
        Set<String> moved = new LinkedHashSet<>();
        long end = System.nanoTime() + most.toNanos();
        try {
            while (moved.isEmpty()) {
                WatchKey key = next(end - System.nanoTime());
                if (key == null) {
                    return moved;
                }
                for (; key != null; key = next(0)) {
                    take(key, moved);
                }
            }
        } catch (ClosedWatchServiceException closed) {
            LOG.debug("events of local repositories end");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return moved;
    }

    private @Nullable WatchKey next(long nanos) throws InterruptedException {
        if (service == null) {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return null;
        }
        return service.poll(nanos, TimeUnit.NANOSECONDS);
    }

    private void take(WatchKey key, Set<String> moved) {
        Watched watched = keys.get(key);
        boolean tells = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            tells |= tells(event);
        }
        if (watched == null) {
            key.cancel();
            return;
        }
        if (!key.reset()) {
            keys.remove(key);
            covered.remove(watched.folder());
        }
        if (tells) {
            moved.add(watched.repository());
        }
    }

    /** One without a name stands for more than could be told. */
    private static boolean tells(WatchEvent<?> event) {
        return !(event.context() instanceof Path name) || !name.toString().endsWith(UNFINISHED);
    }

    @Override
    public void close() {
        try {
            if (service != null) {
                service.close();
            }
        } catch (IOException e) {
            LOG.debug("events of local repositories did not close cleanly", e);
        }
    }
}
