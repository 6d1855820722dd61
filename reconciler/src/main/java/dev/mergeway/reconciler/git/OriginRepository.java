package dev.mergeway.reconciler.git;

import dev.mergeway.reconciler.port.BareRepository;
import dev.mergeway.reconciler.port.RepositoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;

/** A bare repository on our disk, which others push to with plain Git while we read it. */
public final class OriginRepository extends JGitRepository implements BareRepository {
    private final Repository git;
    private final Writer writer = new Writer(this);

    private OriginRepository(String name, Repository git) {
        super(name);
        this.git = git;
    }

    static OriginRepository open(String name, Path folder, String branch) throws RepositoryException {
        return new Gate(name, 1).through("opening " + folder, () -> {
            if (!Disk.holdsRepository(folder)) {
                if (Files.exists(folder) && !Disk.isEmptyFolder(folder)) {
                    throw new IOException("the folder holds other things than a bare repository");
                }
                Disk.create(folder, empty -> {
                    RefUpdate head = empty.updateRef(Constants.HEAD, true);
                    head.link(Constants.R_HEADS + branch);
                });
            }
            return new OriginRepository(name, Disk.open(folder));
        });
    }

    /** Writes commits. */
    public Writer writer() {
        return writer;
    }

    @Override
    Repository git() {
        return git;
    }

    @Override
    public List<Ref> refs(String prefix) throws RepositoryException {
        return gate.through("listing " + prefix, () -> {
            List<Ref> refs = new ArrayList<>();
            try (var walk = new RevWalk(git)) {
                for (var ref : git.getRefDatabase().getRefsByPrefix(prefix)) {
                    RevObject named = walk.parseAny(ref.getObjectId());
                    if (walk.peel(named) instanceof RevCommit commit) {
                        refs.add(new Ref(ref.getName(), commit.name(), tagger(named)));
                    }
                }
            }
            refs.sort(Comparator.comparing(Ref::name));
            return Collections.unmodifiableList(refs);
        });
    }

    private static String tagger(RevObject named) {
        return named instanceof RevTag tag && tag.getTaggerIdent() != null
                ? tag.getTaggerIdent().getName()
                : "";
    }

    @Override
    public boolean point(String ref, Optional<String> expected, Optional<String> target) throws RepositoryException {
        return gate.through("moving " + ref, () -> {
            ObjectId before = expected.isEmpty() ? ObjectId.zeroId() : pointedAt(ref, expected.get());
            ObjectId after = target.isEmpty() ? ObjectId.zeroId() : ObjectId.fromString(target.get());
            var batch = git.getRefDatabase().newBatchUpdate().setAllowNonFastForwards(true);
            var command = new ReceiveCommand(before, after, ref);
            batch.addCommand(command);
            try (var walk = new RevWalk(git)) {
                batch.execute(walk, NullProgressMonitor.INSTANCE);
            }
            return switch (command.getResult()) {
                case OK -> true;
                case LOCK_FAILURE, REJECTED_OTHER_REASON, REJECTED_NONFASTFORWARD -> false;
                default -> throw new IOException(ref + ": " + command.getResult() + " " + command.getMessage());
            };
        });
    }

    /** The object that the reference holds where it leads to the commit (an annotated tag, say), else the commit. */
    private ObjectId pointedAt(String ref, String commit) throws IOException {
        var found = git.exactRef(ref);
        ObjectId expected = ObjectId.fromString(commit);
        if (found == null || found.getObjectId() == null) {
            return expected;
        }
        try (var walk = new RevWalk(git)) {
            return walk.peel(walk.parseAny(found.getObjectId())).equals(expected) ? found.getObjectId() : expected;
        }
    }

    @Override
    public String write(String parent, Map<String, Optional<byte[]>> changes, Author author, String message)
            throws RepositoryException {
        return writer.commit(parent, changes, author, message);
    }

    @Override
    public void close() {
        git.close();
    }
}
