package dev.mergeway.reconciler.port;

import dev.mergeway.schema.model.Files;
import java.util.Optional;

/** The files of one commit, immutable. Reading one file costs one lookup, not a walk. */
public interface Snapshot extends Files {
    /** Id of the commit (or of the tree of a merge that was only tried), 40 hex digits. */
    String commit();

    /** Id of the content of a file: the same content has the same id. */
    Optional<String> contentId(String path);
}
