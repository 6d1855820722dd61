package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.reconciler.report.Notes;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens the pull request that takes a merged one back. Its plan says what that restores. */
final class Rollback {
    private final World world;
    private final Authors authors;

    Rollback(World world, Authors authors) {
        this.world = world;
        this.authors = authors;
    }

    /**
     * Opens it. Who ordered it first is its author; another who orders it as well has not opened it.
     *
     * @param author who orders it
     * @return false where there is nothing to take back (it is not merged, or what it changed was changed again since), and
     *     where a file cannot be brought back whole, which a comment says then
     */
    boolean open(RepositoryInfo info, int number, String author) throws ForgeException {
        Forge forge = world.forge(info);
        Optional<PullRequest> pull = forge.pull(info.path(), number);
        Optional<String> merge = pull.flatMap(PullRequest::mergeCommit);
        if (pull.isEmpty() || merge.isEmpty()) {
            return false;
        }
        try {
            Optional<Span> span = span(info, pull.get(), merge.get());
            if (span.isEmpty()) {
                return false;
            }
            Optional<String> unread = unread(span.get());
            if (unread.isPresent()) {
                forge.say(info.path(), number, Notes.ROLLBACK, unread.get());
                return false;
            }
            Map<String, Optional<byte[]>> changes = changes(span.get());
            if (changes.isEmpty()) {
                return false;
            }
            String title = "Revert \"" + pull.get().title() + "\"";
            String branch = Authors.ROLLBACK + number;
            String by = authors.ordered(info, branch).orElse(author);
            String body = "Takes back pull request #" + number + ".\n\n" + Authors.line(by) + "\n\nThis reverts commit "
                    + merge.get() + ".";
            int opened = forge.propose(info.path(), info.branch(), branch, title, body, changes);
            authors.remember(info, opened, by);
            return true;
        } catch (RepositoryException e) {
            throw new ForgeException(
                    "Pull request " + number + " cannot be taken back: " + e.getMessage(), e.passing(), null, e);
        }
    }

    /**
     * What a pull request did to its base.
     *
     * @param before the base without it
     * @param merged the base with it
     * @param now the base as it is
     * @param paths what it changed
     */
    private record Span(Snapshot before, Snapshot merged, Snapshot now, List<String> paths) {}

    private Optional<Span> span(RepositoryInfo info, PullRequest pull, String merge)
            throws RepositoryException, ForgeException {
        Repository repository = world.repository(info);
        Optional<String> head = repository.head(info.branch());
        Optional<String> before = new Landed(repository).before(pull, merge);
        return before.isEmpty() || head.isEmpty()
                ? Optional.empty()
                : Optional.of(new Span(
                        repository.snapshot(before.get()),
                        repository.snapshot(merge),
                        repository.snapshot(head.get()),
                        repository.changed(before.get(), merge)));
    }

    /** Says of a path that cannot be brought back as it was; a large file that the pull request added is only deleted. */
    private static Optional<String> unread(Span span) {
        for (String path : span.paths()) {
            Optional<String> why = span.before().unread(path);
            if (why.isEmpty() && span.merged().contentId(path).isEmpty()) {
                why = span.merged().unread(path);
            }
            if (why.isPresent()) {
                return Optional.of(Notes.notTakenBack(path, why.get()));
            }
        }
        return Optional.empty();
    }

    /** The files as they were before the merge; none where one of them was changed again since. */
    private static Map<String, Optional<byte[]>> changes(Span span) {
        Map<String, Optional<byte[]>> changes = new LinkedHashMap<>();
        for (String path : span.paths()) {
            if (!span.merged().contentId(path).equals(span.now().contentId(path))) {
                return Map.of();
            }
            changes.put(path, span.before().read(path));
        }
        return changes;
    }
}
