package dev.mergeway.reconciler.git;

import dev.mergeway.reconciler.port.RepositoryException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.TrackingRefUpdate;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/**
 * A bare clone of ours that follows its origin. It is a cache: a clone that is half made, damaged or of another origin is
 * made again by the next fetch. Calls to the origin are one at a time, and callers who wait for one share the next.
 */
public final class MirrorRepository extends JGitRepository {
    private static final List<RefSpec> BRANCHES = List.of(new RefSpec("+refs/heads/*:refs/heads/*"));
    private static final String SECTION = "mergeway";

    /** Seconds that the origin may be silent. */
    private static final int TIMEOUT = 60;

    private final Path folder;
    private final URIish url;
    private final Login.Source login;
    private final ReentrantLock fetching = new ReentrantLock();
    private final Packs packs = new Packs();
    private final AtomicLong begun = new AtomicLong();
    private long shared;
    private volatile @Nullable Repository git;

    private MirrorRepository(String name, Path folder, URIish url, Login.Source login) {
        super(name);
        this.folder = folder;
        this.url = url;
        this.login = login;
    }

    static MirrorRepository open(String name, Path folder, String address, Login.Source login)
            throws RepositoryException {
        URIish url = checked(name, address);
        var mirror = new MirrorRepository(name, folder, url, login);
        mirror.gate.through("opening the clone", () -> {
            if (Disk.holdsRepository(folder)) {
                Disk.unlock(folder);
                mirror.adopt();
            }
            return url;
        });
        return mirror;
    }

    static Optional<StandingRepository> standing(String name, Path folder, String address) throws RepositoryException {
        URIish url = checked(name, address);
        return StandingRepository.open(name, folder, candidate -> sound(candidate, url));
    }

    /** Whether a whole clone is here, so that it can be read even while the origin is down. */
    public boolean ready() {
        return git != null;
    }

    @Override
    Repository git() throws RepositoryException {
        Repository open = git;
        if (open == null) {
            var why = new IOException("there is no clone of " + url + " yet");
            throw gate.failure("reading", why.getMessage(), "It is read once the origin could be fetched.", true, why);
        }
        return open;
    }

    @Override
    public void fetch() throws RepositoryException {
        long asked = begun.get();
        fetching.lock();
        try {
            if (shared > asked) {
                return; // one that began after we asked has ended while we waited
            }
            long ticket = begun.incrementAndGet();
            guarded("fetching " + url, () -> {
                Repository open = git;
                if (open != null && !gate.sawDamage() && sound(open, url)) {
                    bring(open, BRANCHES, true);
                    packs.collect(open);
                } else {
                    makeAgain();
                }
            });
            shared = ticket;
        } finally {
            fetching.unlock();
        }
    }

    @Override
    public void fetch(String commit, List<String> refs) throws RepositoryException {
        if (git == null) {
            fetch();
        }
        if (holds(commit)) {
            return;
        }
        fetching.lock();
        try {
            for (RefSpec spec : announced(commit, refs)) {
                if (holds(commit)) {
                    return;
                }
                attempt(spec);
            }
        } finally {
            fetching.unlock();
        }
        if (!holds(commit)) {
            var why = new IOException("the origin does not have it (any more, or not yet)");
            throw gate.failure("fetching commit " + commit, why.getMessage(), "It is tried again.", true, why);
        }
    }

    @Override
    public void close() {
        Repository open = git;
        git = null;
        if (open != null) {
            open.close();
        }
    }

    /** Where the commit may be: under the references named, among the branches, or by its own id. */
    private static List<RefSpec> announced(String commit, List<String> refs) {
        List<RefSpec> specs = new ArrayList<>();
        for (String ref : refs) {
            if (Repository.isValidRefName(ref)) {
                boolean branch = ref.startsWith("refs/heads/");
                specs.add(new RefSpec("+" + ref + ":" + (branch ? ref : "refs/mergeway/" + ref)));
            }
        }
        specs.addAll(BRANCHES);
        if (ObjectId.isId(commit)) {
            specs.add(new RefSpec("+" + commit + ":refs/mergeway/commits/" + commit));
        }
        return specs;
    }

    /** One of several places to look: that a reference is not there is no failure yet, that nobody answers is. */
    private void attempt(RefSpec spec) throws RepositoryException {
        guarded("fetching " + spec + " of " + url, () -> {
            try {
                bring(git(), List.of(spec), false);
            } catch (org.eclipse.jgit.api.errors.TransportException e) {
                String why = String.valueOf(e.getMessage());
                if (!why.contains("does not have") && !why.contains("want ") && !why.contains("not our ref")) {
                    throw e;
                }
            }
        });
    }

    private void bring(Repository into, List<RefSpec> specs, boolean prune) throws GitAPIException, IOException {
        var fetch = new Git(into)
                .fetch()
                .setRemote(url.toPrivateString())
                .setRefSpecs(specs)
                .setRemoveDeletedRefs(prune)
                .setTagOpt(TagOpt.NO_TAGS)
                .setTimeout(TIMEOUT);
        login().ifPresent(who -> fetch.setCredentialsProvider(who.providerFor(url)));
        for (TrackingRefUpdate update : fetch.call().getTrackingRefUpdates()) {
            switch (update.getResult()) {
                case LOCK_FAILURE, IO_FAILURE, REJECTED, REJECTED_OTHER_REASON, REJECTED_MISSING_OBJECT ->
                    throw new IOException(update.getLocalName() + " could not be moved: " + update.getResult());
                default -> {}
            }
        }
    }

    private Optional<Login> login() throws IOException {
        try {
            return login.now();
        } catch (IOException e) {
            throw new TransportException(e.getMessage(), e);
        }
    }

    private void makeAgain() throws IOException, GitAPIException {
        close();
        Disk.create(folder, empty -> {
            Packs.ours(empty);
            bring(empty, BRANCHES, false);
            var config = empty.getConfig();
            config.setString(SECTION, null, "origin", url.toString());
            config.save();
        });
        adopt();
    }

    private void adopt() throws IOException {
        Repository opened = Disk.open(folder);
        if (sound(opened, url)) {
            Packs.ours(opened);
            git = opened;
        } else {
            opened.close();
        }
    }

    /** Whether it is a finished clone of an origin whose branches lead to commits with a tree. */
    private static boolean sound(Repository candidate, URIish url) {
        if (!url.toString().equals(candidate.getConfig().getString(SECTION, null, "origin"))) {
            return false;
        }
        try (var walk = new RevWalk(candidate)) {
            for (var branch : candidate.getRefDatabase().getRefsByPrefix("refs/heads/")) {
                RevCommit tip = walk.parseCommit(branch.getObjectId());
                walk.parseTree(tip);
            }
            return true;
        } catch (IOException e) {
            return false; // it is damaged: made again, so nothing is lost
        }
    }

    private interface Step {
        void run() throws IOException, GitAPIException, RepositoryException;
    }

    private void guarded(String what, Step step) throws RepositoryException {
        gate.through(what, () -> {
            step.run();
            return what;
        });
    }

    private static URIish checked(String name, String address) throws RepositoryException {
        try {
            URIish url = new URIish(address);
            String scheme = url.getScheme();
            if (url.getPass() != null) {
                throw new URISyntaxException(url.toString(), "it holds a password; give the token apart");
            }
            boolean local = scheme == null
                    && url.getHost() == null
                    && Path.of(url.getPath()).isAbsolute();
            if (!local && (scheme == null || !Set.of("https", "http", "file").contains(scheme))) {
                throw new URISyntaxException(url.toString(), "only https:, http: and file: are supported");
            }
            return url;
        } catch (URISyntaxException e) {
            throw new RepositoryException(
                    "Repository " + name + ": the origin's address cannot be used: " + e.getReason()
                            + ". Correct it in the configuration.",
                    false,
                    e);
        }
    }
}
