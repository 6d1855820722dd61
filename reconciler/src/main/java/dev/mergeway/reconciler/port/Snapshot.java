package dev.mergeway.reconciler.port;

import dev.mergeway.schema.model.Files;
import java.util.Optional;

/** The files of one commit, immutable. Reading one file costs one lookup, not a walk. */
public interface Snapshot extends Files {
    /** Id of the commit (or of the tree of a merge that was only tried), 40 hex digits. */
    String commit();

    /** Id of the content of a file: the same content has the same id. */
    Optional<String> contentId(String path);

    /**
     * Why something that stands under a path is not read as a file: it is a symbolic link, a submodule, or too large.
     * Reads on after the path: "is a symbolic link, …". Empty for a file that is read, and where there is nothing.
     */
    default Optional<String> unread(String path) {
        return Optional.empty();
    }
}
