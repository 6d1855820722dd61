package dev.mergeway.reconciler.forge.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices pushes without a hook: at once where the kernel tells of them, and by looking four times a second where it does
 * not.
 */
public final class LocalWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalWatch.class);
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Map<String, Path> folders;
    private final Map<String, RefTimes> known = new HashMap<>();
    private final Consumer<String> sink;
    private final RefEvents events;
    private volatile boolean open = true;
    private final Thread thread =
            Thread.ofPlatform().name("local-watch").daemon().unstarted(this::run);

    /**
     * Watches nothing before {@link #start}.
     *
     * @param repositories path on the forge to folder of the bare repository
     * @param sink called with the path, from one thread, soon after a reference moved; it may be called once too often
     */
    public LocalWatch(Map<String, Path> repositories, Consumer<String> sink) {
        this(repositories, sink, RefEvents.open());
    }

    LocalWatch(Map<String, Path> repositories, Consumer<String> sink, RefEvents events) {
        this.folders = Map.copyOf(repositories);
        this.sink = sink;
        this.events = events;
        folders.forEach((path, folder) -> known.put(path, RefTimes.of(folder, RefTimes.NONE)));
    }

    /** Watches from now on. */
    public LocalWatch start() {
        thread.start();
        return this;
    }

    private void run() {
        long next = System.nanoTime();
        while (open) {
            Set<String> paths = events.await(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            if (System.nanoTime() - next >= 0) {
                paths = folders.keySet();
                next = System.nanoTime() + INTERVAL.toNanos();
            }
            paths.forEach(this::look);
        }
    }

    private void look(String path) {
        Path folder = Objects.requireNonNull(folders.get(path));
        RefTimes before = known.getOrDefault(path, RefTimes.NONE);
        RefTimes now = RefTimes.of(folder, before);
        known.put(path, now);
        events.cover(path, folder, now);
        if (!now.equals(before)) {
            tell(path);
        }
    }

    private void tell(String path) {
        try {
            sink.accept(path);
        } catch (RuntimeException e) {
            LOG.warn("{} moved, but taking notice failed; it is looked at again with its next push", path, e);
        }
    }

    /** Ends after the present look, which is not interrupted: it may be writing down what moved. */
    @Override
    public void close() {
        open = false;
        events.close();
        try {
            if (thread.isAlive() && !thread.join(CLOSING)) {
                LOG.warn("the watch on local repositories is still busy; it ends with its present look");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
