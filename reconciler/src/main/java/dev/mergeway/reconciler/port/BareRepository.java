package dev.mergeway.reconciler.port;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A bare repository on our own disk: we are its origin, others push to it at any time, and we may write to it too. */
public interface BareRepository extends Repository {
    /**
     * The references below a prefix, by name, read afresh.
     *
     * @param prefix such as {@code refs/tags/}, with the slash
     */
    List<Ref> refs(String prefix) throws RepositoryException;

    /** Whether a commit is here; one of a history that was thrown away may have been collected. */
    boolean holds(String commit) throws RepositoryException;

    /**
     * Makes, moves or deletes a reference, if it is what it is expected to be.
     *
     * @param ref its full name, such as {@code refs/heads/main}
     * @param expected the commit that it points at now, empty where it must not be there
     * @param target the commit that it shall point at, empty to delete it
     * @return false where it was not as expected, or somebody else is writing it just now
     */
    boolean point(String ref, Optional<String> expected, Optional<String> target) throws RepositoryException;

    /**
     * Writes a commit; no reference moves.
     *
     * @param parent the commit that it follows and changes, "" for a first one
     * @param changes path to new content; an empty value deletes the file
     * @return its id
     */
    String write(String parent, Map<String, Optional<byte[]>> changes, Author author, String message)
            throws RepositoryException;

    /**
     * A reference.
     *
     * @param name its full name
     * @param commit the commit that it leads to, through an annotated tag where it is one
     * @param tagger name of who made the annotated tag, "" where it is none
     */
    record Ref(String name, String commit, String tagger) {}

    /** Who writes a commit, and when. */
    record Author(String name, String email, Instant time) {}
}
