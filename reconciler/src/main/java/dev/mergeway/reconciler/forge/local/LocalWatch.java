package dev.mergeway.reconciler.forge.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices pushes without a hook. Git moves a reference by renaming a file into its folder, or by renaming a new {@code
 * packed-refs} into place, so the times of a repository's reference folders tell: some three {@code stat} calls for each
 * repository and look, whatever its size. (Watches of the kernel are not used: they run out, overflow, and do not work on
 * shared file systems; this costs about as little.)
 */
public final class LocalWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalWatch.class);
    private static final Duration INTERVAL = Duration.ofMillis(250);

    /** A time this near to the look may stand for a second change within the same tick of the file system's clock. */
    private static final long RACY_MILLIS = 300;

    /** The same for a file system that keeps whole seconds. */
    private static final long RACY_MILLIS_COARSE = 1_100;

    private final Map<String, Map<Path, Long>> known = new LinkedHashMap<>();
    private final Map<String, Path> folders;
    private final Consumer<String> sink;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("local-watch").daemon().factory());

    /**
     * Watches nothing before {@link #start}.
     *
     * @param repositories path on the forge to folder of the bare repository
     * @param sink called with the path, from one thread, soon after a reference moved; it may be called once too often
     */
    public LocalWatch(Map<String, Path> repositories, Consumer<String> sink) {
        this.folders = Map.copyOf(repositories);
        this.sink = sink;
        folders.forEach((path, folder) -> known.put(path, times(folder, Map.of())));
    }

    /** Looks four times a second from now on. */
    public LocalWatch start() {
        ticks.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** One look at all repositories. */
    void look() {
        folders.forEach((path, folder) -> {
            Map<Path, Long> before = known.getOrDefault(path, Map.of());
            Map<Path, Long> now = times(folder, before);
            known.put(path, now);
            if (!now.equals(before)) {
                tell(path);
            }
        });
    }

    private void tell(String path) {
        try {
            sink.accept(path);
        } catch (RuntimeException e) {
            LOG.warn("{} moved, but taking notice failed; it is looked at again with its next push", path, e);
        }
    }

    /** Times of everything whose change shows that a reference moved; a folder that did not change is not listed again. */
    private static Map<Path, Long> times(Path repository, Map<Path, Long> before) {
        Map<Path, Long> times = new HashMap<>();
        List<Path> subfolders = new ArrayList<>(List.of(repository.resolve("refs/heads")));
        subfolders.add(repository.resolve("refs/tags"));
        add(times, repository.resolve("packed-refs"));
        while (!subfolders.isEmpty()) {
            Path folder = subfolders.removeLast();
            if (!add(times, folder)) {
                continue;
            }
            if (Objects.equals(times.get(folder), before.get(folder))) {
                before.keySet().stream()
                        .filter(other -> folder.equals(other.getParent()))
                        .forEach(subfolders::add);
            } else {
                subfolders.addAll(foldersIn(folder));
            }
        }
        return times;
    }

    private static boolean add(Map<Path, Long> times, Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            long time = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
            long tick = time % 1_000_000_000 == 0 ? RACY_MILLIS_COARSE : RACY_MILLIS;
            boolean racy =
                    System.currentTimeMillis() - attributes.lastModifiedTime().toMillis() < tick;
            times.put(path, racy ? ~time : time); // another value later: it is told once more when it is settled
            return true;
        } catch (IOException e) {
            return false; // it is not there, which the map says by not having it
        }
    }

    private static List<Path> foldersIn(Path folder) {
        try (var entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
            List<Path> folders = new ArrayList<>();
            entries.forEach(folders::add);
            return folders;
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        try {
            if (!ticks.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("the watch on local repositories is still busy; it ends with its present look");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
