package dev.mergeway.reconciler.git;

import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;

/** What all kinds of repository share: reading. References are read from the disk each time; nothing is kept of them. */
public abstract sealed class JGitRepository implements Repository
        permits MirrorRepository, OriginRepository, StandingRepository {
    /** Bytes of the largest file that a snapshot reads: a spec of more is no spec. */
    static final int LARGEST_FILE = 1 << 20;

    /** Threads that read one repository at once. */
    private static final int READERS = 8;

    /** Paths of the largest difference that is listed. */
    private static final int LARGEST_DIFFERENCE = 200_000;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{7,40}");
    private static final String NONE = ObjectId.zeroId().name();

    private final String name;
    final Gate gate;
    private final Folders folders = new Folders(20_000);

    JGitRepository(String name) {
        this.name = name;
        this.gate = new Gate(name, READERS);
    }

    /**
     * A bare clone of ours below a data folder that follows its origin. Opening calls nothing; the first {@link #fetch}
     * clones, where no whole clone is there.
     *
     * @param name its name in the configuration
     * @param folder where the clone is kept; nobody else writes there
     * @param url {@code https:}, {@code http:} or {@code file:}, without a password
     * @param login asked before each call to the origin, empty where it needs none
     */
    public static MirrorRepository mirror(String name, Path folder, String url, Login.Source login)
            throws RepositoryException {
        return MirrorRepository.open(name, folder, url, login);
    }

    /**
     * A bare repository on disk, used in place; made empty where it is absent.
     *
     * @param name its name in the configuration
     * @param folder the repository itself, such as {@code repos/acme/shop.git}
     * @param branch the branch that HEAD names in a new one
     */
    public static OriginRepository origin(String name, Path folder, String branch) throws RepositoryException {
        return OriginRepository.open(name, folder, branch);
    }

    /**
     * A bare repository on disk that is only read.
     *
     * @param name its name in the configuration
     * @param folder the repository itself
     * @return empty where there is none
     */
    public static Optional<StandingRepository> standing(String name, Path folder) throws RepositoryException {
        return StandingRepository.open(name, folder, any -> true);
    }

    /**
     * A clone that {@link #mirror} made, here or in another process, as it stands: it is only read.
     *
     * @param name its name in the configuration
     * @param folder where the clone is kept
     * @param url its origin
     * @return empty where there is no whole clone of that origin
     */
    public static Optional<StandingRepository> standingMirror(String name, Path folder, String url)
            throws RepositoryException {
        return MirrorRepository.standing(name, folder, url);
    }

    /** Does nothing, unless it is a copy: what stands here is read. */
    @Override
    public void fetch() throws RepositoryException {}

    /** Only looks whether the commit is here, unless it is a copy. */
    @Override
    public void fetch(String commit, List<String> refs) throws RepositoryException {
        commit(commit);
    }

    /** The repository to read. Throws where there is none yet. */
    abstract org.eclipse.jgit.lib.Repository git() throws RepositoryException;

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> head(String branch) throws RepositoryException {
        return gate.through("reading branch " + branch, () -> {
            String ref = Constants.R_HEADS + branch;
            Optional<String> tip = tip(ref);
            // While git gc moves a reference from its own file to packed-refs, a reader who looked into packed-refs
            // before and for the file after finds neither: that it is gone is believed the second time only.
            return tip.isPresent() ? tip : tip(ref);
        });
    }

    private Optional<String> tip(String name) throws IOException, RepositoryException {
        Ref ref = git().exactRef(name);
        return ref == null || ref.getObjectId() == null
                ? Optional.empty()
                : Optional.of(ref.getObjectId().name());
    }

    @Override
    public List<Branch> branches() throws RepositoryException {
        return gate.through(
                "listing branches",
                () -> git().getRefDatabase().getRefsByPrefix(Constants.R_HEADS).stream()
                        .filter(ref -> ref.getObjectId() != null)
                        .map(ref -> new Branch(
                                ref.getName().substring(Constants.R_HEADS.length()),
                                ref.getObjectId().name()))
                        .sorted(Comparator.comparing(Branch::name))
                        .toList());
    }

    @Override
    public Snapshot snapshot(String commit) throws RepositoryException {
        return walking("opening " + commit, walk -> {
            ObjectId id = id(walk.getObjectReader(), commit);
            return files(id.name(), walk.parseTree(id));
        });
    }

    @Override
    public List<String> changed(String before, String after) throws RepositoryException {
        String what = "comparing " + before + " with " + after;
        return gate.through(what, () -> {
            List<String> paths = Merging.different(git(), tree(before), tree(after), LARGEST_DIFFERENCE);
            if (paths.size() > LARGEST_DIFFERENCE) {
                var why = new IOException("more than " + LARGEST_DIFFERENCE + " paths differ");
                throw gate.failure(what, why.getMessage(), "Split the change.", false, why);
            }
            Collections.sort(paths);
            return Collections.unmodifiableList(paths);
        });
    }

    @Override
    public Merge merge(String base, String head) throws RepositoryException {
        return gate.through(
                "merging " + head + " into " + base,
                () -> answer(Merging.merge(git(), commitId(base), commitId(head))));
    }

    /**
     * What taking a commit back on top of another would give, as {@code git revert} does (of a merge: back to its first
     * parent), without writing a commit.
     */
    public Merge reverted(String onto, String commit) throws RepositoryException {
        return gate.through(
                "reverting " + commit + " on " + onto,
                () -> answer(Merging.revert(git(), commitId(onto), commitId(commit))));
    }

    @Override
    public Commit commit(String id) throws RepositoryException {
        return walking("reading commit " + id, walk -> commit(walk, parsed(walk, id)));
    }

    /** Whether an object of this id is here. */
    public boolean holds(String commit) throws RepositoryException {
        return gate.through(
                "looking for " + commit,
                () -> ObjectId.isId(commit) && git().getObjectDatabase().has(ObjectId.fromString(commit)));
    }

    @Override
    public List<Commit> between(String before, String after, int limit) throws RepositoryException {
        return walking("listing commits from " + before + " to " + after, walk -> {
            RevCommit start = parsed(walk, after);
            walk.markStart(start);
            if (!before.equals(NONE)) {
                walk.markUninteresting(parsed(walk, before));
            }
            List<Commit> commits = new ArrayList<>();
            for (RevCommit commit : FirstParents.chain(walk, start, limit)) {
                commits.add(commit(walk, commit));
            }
            return Collections.unmodifiableList(commits);
        });
    }

    @Override
    public Optional<Commit> lastChange(String path, String before, String after) throws RepositoryException {
        return walking("looking for what changed " + path + " last before " + after, walk -> {
            Optional<RevCommit> last = FirstParents.lastChange(walk, parsed(walk, after), before, path);
            return last.isPresent() ? Optional.of(commit(walk, last.get())) : Optional.empty();
        });
    }

    @Override
    public boolean isAncestor(String ancestor, String descendant) throws RepositoryException {
        return walking(
                "looking for " + ancestor + " in the history of " + descendant,
                walk -> walk.isMergedInto(parsed(walk, ancestor), parsed(walk, descendant)));
    }

    private interface Walking<T> {
        T along(RevWalk walk) throws IOException, RepositoryException;
    }

    private <T> T walking(String what, Walking<T> work) throws RepositoryException {
        return gate.through(what, () -> {
            try (var walk = new RevWalk(git())) {
                return work.along(walk);
            }
        });
    }

    private RevCommit parsed(RevWalk walk, String id) throws IOException, RepositoryException {
        return walk.parseCommit(id(walk.getObjectReader(), id));
    }

    private static Commit commit(RevWalk walk, RevCommit commit) throws IOException {
        walk.parseBody(commit);
        PersonIdent author = commit.getAuthorIdent();
        List<String> parents = new ArrayList<>();
        for (RevCommit parent : commit.getParents()) {
            parents.add(parent.name());
        }
        return new Commit(
                commit.name(),
                parents,
                author.getName(),
                author.getEmailAddress(),
                commit.getCommitterIdent().getWhenAsInstant(),
                commit.getFullMessage());
    }

    private Merge answer(Merging.Result result) throws RepositoryException {
        return switch (result) {
            case Merging.Result.Tree(ObjectId tree) -> new Merge.Clean(files(tree.name(), tree));
            case Merging.Result.Conflict(List<String> paths) -> new Merge.Conflict(paths);
        };
    }

    private Snapshot files(String id, ObjectId tree) throws RepositoryException {
        return new TreeSnapshot(id, tree.copy(), git(), gate, folders, LARGEST_FILE);
    }

    private ObjectId tree(String id) throws IOException, RepositoryException {
        if (id.equals(NONE)) {
            return Merging.empty(git());
        }
        try (var walk = new RevWalk(git())) {
            RevTree tree = walk.parseTree(id(walk.getObjectReader(), id));
            return tree.getId();
        }
    }

    ObjectId commitId(String id) throws IOException, RepositoryException {
        try (ObjectReader reader = git().newObjectReader()) {
            return id(reader, id);
        }
    }

    private ObjectId id(ObjectReader reader, String id) throws IOException, RepositoryException {
        if (ID.matcher(id).matches()) {
            if (id.length() == Constants.OBJECT_ID_STRING_LENGTH) {
                return ObjectId.fromString(id);
            }
            var found = reader.resolve(AbbreviatedObjectId.fromString(id));
            if (found.size() == 1) {
                return found.iterator().next();
            }
        }
        var why = new IOException("'" + id + "' is no commit id that is known here, or stands for several");
        throw gate.failure("looking for a commit", why.getMessage(), "Give all 40 digits.", false, why);
    }
}
