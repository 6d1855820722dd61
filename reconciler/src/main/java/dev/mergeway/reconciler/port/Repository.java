package dev.mergeway.reconciler.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A Git repository: a bare clone of ours that follows its origin, or the origin itself where it is on our disk. */
public interface Repository extends AutoCloseable {
    /** Its name in the configuration. */
    String name();

    /** Brings what the origin has now, all branches, and forgets what it has no more. A no-op where we are the origin. */
    void fetch() throws RepositoryException;

    /** Brings one commit that was announced and may be on no branch, such as a pull request's head. */
    void fetch(String commit, List<String> refs) throws RepositoryException;

    /** Commit id at the tip of a branch. */
    Optional<String> head(String branch) throws RepositoryException;

    /** All branches with the commit id at their tip. */
    List<Branch> branches() throws RepositoryException;

    /** The files of a commit. */
    Snapshot snapshot(String commit) throws RepositoryException;

    /** Paths that differ between two commits (or trees of a merge), sorted; cost follows the difference. */
    List<String> changed(String before, String after) throws RepositoryException;

    /** What merging the head into the base would give, without writing a commit. */
    Merge merge(String base, String head) throws RepositoryException;

    /** A commit. */
    Commit commit(String id) throws RepositoryException;

    /** Commits that the second has and the first has not, newest first, at most {@code limit}, following first parents. */
    List<Commit> between(String before, String after, int limit) throws RepositoryException;

    /**
     * The newest commit, following first parents, that gave a file the content it has at the second commit; empty where that
     * is the first commit or one before it. Cost follows the commits between the two.
     *
     * @param before a commit to look no further than, {@code ""} for none
     */
    Optional<Commit> lastChange(String path, String before, String after) throws RepositoryException;

    /** Whether the first commit is the second or an ancestor of it. */
    boolean isAncestor(String ancestor, String descendant) throws RepositoryException;

    @Override
    void close();

    /** A branch and the id of the commit at its tip. */
    record Branch(String name, String commit) {}

    /** A commit. */
    record Commit(String id, List<String> parents, String author, String email, Instant time, String message) {
        public Commit {
            parents = List.copyOf(parents);
        }

        /** First line of the message. */
        public String subject() {
            int end = message.indexOf('\n');
            return end < 0 ? message : message.substring(0, end);
        }

        /** The commit that this one says it reverts ({@code This reverts commit …} as Git writes it). */
        public Optional<String> reverts() {
            var matcher = java.util.regex.Pattern.compile("This reverts commit ([0-9a-f]{7,40})")
                    .matcher(message);
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        }
    }

    /** The result of trying a merge. */
    sealed interface Merge {
        /** It merges; the snapshot holds the files of the result. */
        record Clean(Snapshot result) implements Merge {}

        /** It does not: these paths conflict. */
        record Conflict(List<String> paths) implements Merge {
            public Conflict {
                paths = List.copyOf(paths);
            }
        }
    }
}
