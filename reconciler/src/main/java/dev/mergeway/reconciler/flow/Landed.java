package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.Repository.Commit;
import dev.mergeway.reconciler.port.RepositoryException;
import java.util.Optional;

/**
 * Where a pull request begins on its base. Of a rebase merge a forge names the last commit only, so Git is asked: as long as
 * merging the pull request's head into an earlier commit gives what is there after the merge, what lies between is its own.
 */
record Landed(Repository repository) {
    /** Commits of one pull request that are looked for. */
    private static final int MOST = 250;

    /** The commit of the base before the pull request; empty where it is the first of all. */
    Optional<String> before(PullRequest pull, String merge) throws RepositoryException {
        Commit last = repository.commit(merge);
        Optional<String> before = last.parents().stream().findFirst();
        if (last.parents().size() != 1 || pull.head().equals(merge) || !isHere(pull)) {
            return before;
        }
        for (int count = 0; count < MOST; count++) {
            Commit earlier = repository.commit(before.orElseThrow());
            if (earlier.parents().size() != 1
                    || repository.isAncestor(earlier.id(), pull.head())
                    || !gives(earlier.parents().getFirst(), pull.head(), merge)) {
                break;
            }
            before = Optional.of(earlier.parents().getFirst());
        }
        return before;
    }

    /** A forge that has forgotten the head, since its branch is gone, leaves us with what it says. */
    private boolean isHere(PullRequest pull) throws RepositoryException {
        try {
            repository.fetch(pull.head(), pull.refs());
            repository.commit(pull.head());
            return true;
        } catch (RepositoryException e) {
            if (e.passing()) {
                throw e;
            }
            return false;
        }
    }

    private boolean gives(String base, String head, String merge) throws RepositoryException {
        return switch (repository.merge(base, head)) {
            case Repository.Merge.Conflict conflict -> false;
            case Repository.Merge.Clean(var result) ->
                repository.changed(result.commit(), merge).isEmpty();
        };
    }
}
