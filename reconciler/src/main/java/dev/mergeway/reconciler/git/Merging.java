package dev.mergeway.reconciler.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.jgit.errors.NoMergeBaseException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Merges in memory. The trees and files of a result are written as loose objects that nothing refers to, as {@code git
 * merge-tree --write-tree} does; no commit is written, no reference moves, and the same merge writes the same objects.
 */
final class Merging {
    private Merging() {}

    /** What came out. */
    sealed interface Result {
        /** A tree. */
        record Tree(ObjectId id) implements Result {}

        /** Paths that conflict, sorted. */
        record Conflict(List<String> paths) implements Result {}
    }

    /** The head merged into the base. Histories without a common commit are merged as if it were an empty one. */
    static Result merge(Repository git, ObjectId base, ObjectId head) throws IOException {
        try (var walk = new RevWalk(git)) {
            RevCommit ours = walk.parseCommit(base);
            RevCommit theirs = walk.parseCommit(head);
            if (walk.isMergedInto(theirs, ours)) {
                return new Result.Tree(ours.getTree());
            }
            if (walk.isMergedInto(ours, theirs)) {
                return new Result.Tree(theirs.getTree());
            }
            var merger = (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(git, true);
            try {
                return result(merger, merger.merge(ours, theirs));
            } catch (NoMergeBaseException e) {
                return new Result.Conflict(different(git, ours.getTree(), theirs.getTree(), 1_000));
            }
        }
    }

    /** A commit taken back, on top of another: the way from it to its first parent, applied to what is there now. */
    static Result revert(Repository git, ObjectId onto, ObjectId commit) throws IOException {
        try (var walk = new RevWalk(git)) {
            RevCommit ours = walk.parseCommit(onto);
            RevCommit bad = walk.parseCommit(commit);
            RevTree before = bad.getParentCount() == 0
                    ? walk.parseTree(empty(git))
                    : walk.parseTree(bad.getParent(0).getId());
            var merger = (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(git, true);
            merger.setBase(bad.getTree());
            return result(merger, merger.merge(ours.getTree(), before));
        }
    }

    /** Paths that differ between two trees, in the order of the trees; stops behind the limit. */
    static List<String> different(Repository git, ObjectId before, ObjectId after, int limit) throws IOException {
        List<String> paths = new ArrayList<>();
        try (var walk = new TreeWalk(git)) {
            walk.addTree(before);
            walk.addTree(after);
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next() && paths.size() <= limit) {
                paths.add(walk.getPathString());
            }
        }
        return paths;
    }

    /** The tree of no files, written where it is not there yet. */
    static ObjectId empty(Repository git) throws IOException {
        try (var inserter = git.newObjectInserter()) {
            ObjectId tree = inserter.insert(new org.eclipse.jgit.lib.TreeFormatter());
            inserter.flush();
            return tree;
        }
    }

    private static Result result(ResolveMerger merger, boolean clean) {
        if (clean) {
            return new Result.Tree(merger.getResultTreeId());
        }
        var paths = new TreeSet<>(merger.getUnmergedPaths());
        if (merger.getFailingPaths() != null) {
            paths.addAll(merger.getFailingPaths().keySet());
        }
        return new Result.Conflict(List.copyOf(paths));
    }
}
