package dev.mergeway.reconciler.git;

import dev.mergeway.reconciler.port.BareRepository.Author;
import dev.mergeway.reconciler.port.RepositoryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Writes commits into a bare repository, without a working tree and without moving a reference. */
public final class Writer {
    /** Files of a commit that are written as loose objects at most; Git unpacks pushes of less than 100 objects. */
    private static final int LOOSE = 50;

    private final OriginRepository repository;

    Writer(OriginRepository repository) {
        this.repository = repository;
    }

    /**
     * A commit that changes files of its parent.
     *
     * @param parent the commit to change, "" for a first one
     * @param changes path to new content; an empty value deletes the file
     * @return its id
     */
    public String commit(String parent, Map<String, Optional<byte[]>> changes, Author author, String message)
            throws RepositoryException {
        return repository.gate.through("writing a commit on " + parent, () -> {
            try (var walk = new RevWalk(repository.git());
                    var inserter = inserter(changes.size());
                    var reader = inserter.newReader()) {
                RevCommit on = parent.isEmpty() ? null : walk.parseCommit(repository.commitId(parent));
                ObjectId tree = new TreeEdit(reader, inserter).apply(on == null ? null : on.getTree(), changes);
                return insert(inserter, tree, on == null ? List.of() : List.of(on.getId()), author, message);
            }
        });
    }

    /**
     * The merge commit that {@code git merge --no-ff} would write; both commits are its parents.
     *
     * @throws RepositoryException where they conflict
     */
    public String merge(String base, String head, Author author, String message) throws RepositoryException {
        return merged(base, head, true, author, message);
    }

    /** The one commit that {@code git merge --squash} and a commit would write. */
    public String squash(String base, String head, Author author, String message) throws RepositoryException {
        return merged(base, head, false, author, message);
    }

    /**
     * The commit that {@code git revert} (of a merge: {@code -m 1}) would write, with Git's own message.
     *
     * @param onto the commit that it follows
     * @param commit the commit that it takes back
     * @throws RepositoryException where what came later conflicts
     */
    public String revert(String onto, String commit, Author author) throws RepositoryException {
        return repository.gate.through("reverting " + commit, () -> {
            var git = repository.git();
            try (var walk = new RevWalk(git);
                    var inserter = git.newObjectInserter()) {
                RevCommit bad = walk.parseCommit(repository.commitId(commit));
                ObjectId parent = repository.commitId(onto);
                ObjectId tree = clean(Merging.revert(git, parent, bad));
                return insert(inserter, tree, List.of(parent), author, revertMessage(bad));
            }
        });
    }

    /** The message that Git gives a revert. */
    static String revertMessage(RevCommit bad) {
        String reversed = bad.getParentCount() > 1
                ? ", reversing\nchanges made to " + bad.getParent(0).name()
                : "";
        return "Revert \"" + bad.getShortMessage() + "\"\n\nThis reverts commit " + bad.name() + reversed + ".\n";
    }

    private String merged(String base, String head, boolean both, Author author, String message)
            throws RepositoryException {
        return repository.gate.through("merging " + head + " into " + base, () -> {
            ObjectId ours = repository.commitId(base);
            ObjectId theirs = repository.commitId(head);
            ObjectId tree = clean(Merging.merge(repository.git(), ours, theirs));
            try (var inserter = repository.git().newObjectInserter()) {
                return insert(inserter, tree, both ? List.of(ours, theirs) : List.of(ours), author, message);
            }
        });
    }

    private ObjectId clean(Merging.Result result) throws RepositoryException {
        return switch (result) {
            case Merging.Result.Tree(ObjectId tree) -> tree;
            case Merging.Result.Conflict(List<String> paths) -> {
                var why = new IOException("these files conflict: " + String.join(", ", paths));
                throw repository.gate.failure("the merge", why.getMessage(), "Resolve it by hand.", false, why);
            }
        };
    }

    /** Ten thousand files of their own are slow to write and to read: many go into one pack, as with a push. */
    private ObjectInserter inserter(int changes) {
        return changes > LOOSE && repository.git() instanceof FileRepository files
                ? files.getObjectDatabase().newPackInserter()
                : repository.git().newObjectInserter();
    }

    private static String insert(
            ObjectInserter inserter, ObjectId tree, List<ObjectId> parents, Author author, String message)
            throws IOException {
        var who = new PersonIdent(author.name(), author.email(), author.time(), ZoneOffset.UTC);
        var commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parents);
        commit.setAuthor(who);
        commit.setCommitter(who);
        commit.setEncoding(StandardCharsets.UTF_8);
        commit.setMessage(message);
        ObjectId id = inserter.insert(commit);
        inserter.flush();
        return id.name();
    }
}
