package dev.mergeway.reconciler.forge.local;

import dev.mergeway.reconciler.port.BareRepository;
import dev.mergeway.reconciler.port.Repository.Commit;
import dev.mergeway.reconciler.port.Repository.Merge;
import dev.mergeway.reconciler.port.RepositoryException;
import java.util.List;
import java.util.Optional;

/**
 * How branches got into the tracked branch while it moved from one commit to another. Its work follows what was pushed
 * since the last look, not the length of the history.
 */
final class Landings {
    /** Commits of one push that are looked through; of a longer one, its last commit is taken. */
    private static final int LONGEST_PUSH = 1_000;

    /** Commits of one push that are compared with each open pull request, to find one that was squashed. */
    private static final int SQUASHES = 20;

    private final BareRepository git;
    private final String before;
    private final String tip;
    private final List<Commit> chain;

    /**
     * @param before tip of the tracked branch at the last look, "" where there was none
     * @param tip its tip now
     */
    Landings(BareRepository git, String before, String tip) throws RepositoryException {
        this.git = git;
        this.before = before;
        this.tip = tip;
        this.chain = before.equals(tip)
                ? List.of()
                : git.between(before.isEmpty() ? "0".repeat(40) : before, tip, LONGEST_PUSH);
    }

    /**
     * Where a commit stands.
     *
     * @param inside whether the tracked branch holds it
     * @param landing how it got there, where that was since the last look
     */
    record Place(boolean inside, Optional<Landing> landing) {
        static final Place OUTSIDE = new Place(false, Optional.empty());
    }

    /** The commit of the tracked branch that brought something in, and the tip before it. */
    record Landing(String merge, String from) {}

    /** @param fresh whether a commit that is inside since nobody knows when counts as landed now */
    Place of(String head, boolean fresh) throws RepositoryException {
        if (!git.isAncestor(head, tip)) {
            return Place.OUTSIDE;
        }
        boolean now = before.isEmpty() ? fresh : !git.isAncestor(head, before);
        return new Place(true, now ? Optional.of(landing(head)) : Optional.empty());
    }

    /** The oldest commit of the push that holds the head: all after it hold it too, so halving finds it. */
    private Landing landing(String head) throws RepositoryException {
        int newest = 0;
        int oldest = chain.size() - 1;
        if (chain.isEmpty() || !git.isAncestor(head, chain.getFirst().id())) {
            return new Landing(tip, before);
        }
        while (newest < oldest) {
            int middle = (newest + oldest + 1) / 2;
            if (git.isAncestor(head, chain.get(middle).id())) {
                newest = middle;
            } else {
                oldest = middle - 1;
            }
        }
        Commit by = chain.get(newest);
        boolean forwarded = by.id().equals(head);
        return new Landing(
                by.id(),
                forwarded || by.parents().isEmpty() ? before : by.parents().getFirst());
    }

    /**
     * Whether a commit of the push, or the push as a whole, changes exactly what merging the head would have changed: the
     * branch was squashed or rebased into it.
     */
    Optional<Landing> squashed(String head) throws RepositoryException {
        for (Commit commit : chain.subList(0, Math.min(SQUASHES, chain.size()))) {
            if (commit.parents().size() == 1 && same(commit.parents().getFirst(), commit.id(), head)) {
                return Optional.of(new Landing(commit.id(), commit.parents().getFirst()));
            }
        }
        return chain.size() > 1 && !before.isEmpty() && same(before, tip, head)
                ? Optional.of(new Landing(tip, before))
                : Optional.empty();
    }

    private boolean same(String from, String to, String head) throws RepositoryException {
        return git.merge(from, head) instanceof Merge.Clean(var result)
                && git.changed(result.commit(), to).isEmpty()
                && !git.changed(from, to).isEmpty();
    }
}
