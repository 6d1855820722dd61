package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Opens the pull request that takes a merged one back. Its plan says what that restores. */
final class Rollback {
    private final World world;

    Rollback(World world) {
        this.world = world;
    }

    /**
     * Opens it.
     *
     * @return false where there is nothing to take back: it is not merged, or what it changed was changed again since
     */
    boolean open(RepositoryInfo info, int number) throws ForgeException {
        Forge forge = world.forge(info);
        Optional<PullRequest> pull = forge.pull(info.path(), number);
        Optional<String> merge = pull.flatMap(PullRequest::mergeCommit);
        if (pull.isEmpty() || merge.isEmpty()) {
            return false;
        }
        try {
            Map<String, Optional<byte[]>> changes = changes(info, merge.get());
            if (changes.isEmpty()) {
                return false;
            }
            String title = "Revert \"" + pull.get().title() + "\"";
            String body = "Takes back pull request #" + number + ".\n\nThis reverts commit " + merge.get() + ".";
            forge.propose(info.path(), info.branch(), "mergeway/rollback-" + number, title, body, changes);
            return true;
        } catch (RepositoryException e) {
            throw new ForgeException(
                    "Pull request " + number + " cannot be taken back: " + e.getMessage(), e.passing(), null, e);
        }
    }

    /** The files as they were before the merge; none where one of them was changed again since. */
    private Map<String, Optional<byte[]>> changes(RepositoryInfo info, String merge) throws RepositoryException {
        Repository repository = world.repository(info);
        Repository.Commit commit = repository.commit(merge);
        Optional<String> head = repository.head(info.branch());
        Map<String, Optional<byte[]>> changes = new LinkedHashMap<>();
        if (commit.parents().isEmpty() || head.isEmpty()) {
            return changes;
        }
        Snapshot before = repository.snapshot(commit.parents().getFirst());
        Snapshot merged = repository.snapshot(merge);
        Snapshot now = repository.snapshot(head.get());
        for (String path : repository.changed(before.commit(), merge)) {
            if (!merged.contentId(path).equals(now.contentId(path))) {
                return Map.of();
            }
            changes.put(path, before.read(path));
        }
        return changes;
    }
}
