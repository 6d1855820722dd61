package dev.mergeway.schema.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The files that a spec may refer to, and no others: a snapshot of a commit or of a folder. Paths are relative, with
 * forward slashes, never with {@code ..}; an implementation answers empty for anything outside and never follows a
 * symbolic link.
 */
public interface Files {
    /** The content of a file, or empty where there is none (or it is larger than the implementation's limit). */
    Optional<byte[]> read(String path);

    /**
     * Paths of all files below a folder ("" for all), sorted. An implementation that lists only so many throws where there
     * are more, and never gives a part.
     */
    List<String> below(String folder);

    /** Paths of those files below a folder ("" for all) that are wanted, sorted; others do not count against any limit. */
    default List<String> below(String folder, Predicate<String> wanted) {
        return below(folder).stream().filter(wanted).toList();
    }

    /** No files at all. */
    Files NONE = new Files() {
        @Override
        public Optional<byte[]> read(String path) {
            return Optional.empty();
        }

        @Override
        public List<String> below(String folder) {
            return List.of();
        }
    };
}
