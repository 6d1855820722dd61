package dev.mergeway.reconciler.directory;

import dev.mergeway.schema.model.ResourceKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each file was last known to hold, so that our own writes are told from a person's, and the resource of a file that
 * is gone is known. Lost with the process; the watch looks at every file when it starts.
 */
final class Memory {
    private final Map<Path, Known> files = new ConcurrentHashMap<>();

    /** Remembers what a file holds now. */
    void holds(Path path, ResourceKey key, String hash) {
        files.put(path, new Known(key, hash));
    }

    /** Remembers whose a file is that nothing is known of; what it holds stays unseen. */
    void learn(Path path, ResourceKey key) {
        files.putIfAbsent(path, new Known(key, Known.UNSEEN));
    }

    /** Forgets a file that we deleted. */
    void forget(Path path) {
        files.remove(path);
    }

    Optional<Known> of(Path path) {
        return Optional.ofNullable(files.get(path));
    }

    /** The files of a folder that are known. */
    List<Path> in(Path folder) {
        return new ArrayList<>(files.keySet().stream()
                .filter(path -> path.startsWith(folder))
                .sorted()
                .toList());
    }

    /** A file's resource, and the hash of its bytes. */
    record Known(ResourceKey key, String hash) {
        private static final String UNSEEN = "unseen";

        /** Whether it is known what the file holds. */
        boolean seen() {
            return !hash.equals(UNSEEN);
        }
    }
}
