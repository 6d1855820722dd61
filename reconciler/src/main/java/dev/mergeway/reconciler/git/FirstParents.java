package dev.mergeway.reconciler.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevFlag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** The way of a branch itself: its commits and the merges onto it, not the commits that those brought. */
final class FirstParents {
    private FirstParents() {}

    /**
     * The chain of first parents as far as the walk reaches. The walk itself follows all parents: what is to be left out
     * may be known through a second parent only.
     */
    static List<RevCommit> chain(RevWalk walk, RevCommit start, int limit) throws IOException {
        List<RevCommit> chain = new ArrayList<>();
        Set<RevCommit> reached = new HashSet<>();
        @Nullable RevCommit expected = start;
        for (RevCommit next = walk.next(); next != null && expected != null && chain.size() < limit; ) {
            reached.add(next);
            while (expected != null && reached.contains(expected) && chain.size() < limit) {
                chain.add(expected);
                expected = expected.getParentCount() == 0 ? null : expected.getParent(0);
            }
            if (expected != null && expected.has(RevFlag.UNINTERESTING)) {
                break;
            }
            next = walk.next();
        }
        return chain;
    }

    /**
     * The last commit on the way that changed what stands at a path; empty where none did since another.
     *
     * <p>Commit by commit: JGit's own filter would go down the branch that brought a change instead of naming its merge.
     */
    static Optional<RevCommit> lastChange(RevWalk walk, RevCommit start, String since, String path) throws IOException {
        RevCommit last = start;
        ObjectId content = content(walk, last, path);
        while (!last.name().equals(since)) {
            RevCommit parent = last.getParentCount() == 0 ? null : walk.parseCommit(last.getParent(0));
            if (!content.equals(parent == null ? ObjectId.zeroId() : content(walk, parent, path))) {
                return Optional.of(last);
            }
            if (parent == null) {
                break;
            }
            last = parent;
        }
        return Optional.empty();
    }

    private static ObjectId content(RevWalk walk, RevCommit commit, String path) throws IOException {
        try (TreeWalk tree = TreeWalk.forPath(walk.getObjectReader(), path, commit.getTree())) {
            return tree == null ? ObjectId.zeroId() : tree.getObjectId(0);
        }
    }
}
