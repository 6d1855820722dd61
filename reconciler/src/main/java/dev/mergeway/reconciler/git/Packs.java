package dev.mergeway.reconciler.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;

/**
 * Keeps the packs of a clone of ours few; every fetch leaves one. JGit's own collection, which begins with each fetch, is
 * off: it goes on behind us while a new clone is moved to its place, and leaves a lock there that keeps out all later ones.
 */
final class Packs {
    private static final String GC = "gc";

    /** As Git has it: so many packs, or so many loose objects in one of their 256 folders. */
    private static final int MANY = 50;

    private static final int LOOSE = 27;

    /** Least time between two collections: each reads the whole clone, however many pushes there are. */
    private static final Duration PAUSE = Duration.ofHours(1);

    private long last = System.nanoTime() - PAUSE.toNanos();

    /** Makes collecting our own affair. Nobody else writes into the clone, so that packs that were replaced can go at once. */
    static void ours(Repository clone) throws IOException {
        StoredConfig config = clone.getConfig();
        if (config.getInt(GC, "auto", -1) != 0) {
            config.setInt(GC, null, "auto", 0);
            config.setInt(GC, null, "autoPackLimit", 0);
            config.setBoolean(
                    GC, null, "autoDetach", false); // else it takes the lock before it sees that there is no need
            config.setString(GC, null, "prunePackExpire", "now");
            config.save();
        }
    }

    /** Collects where it is worth it. A failure is told once in that time, and the next fetch goes on without. */
    void collect(Repository clone) throws GitAPIException {
        Path objects = clone.getDirectory().toPath().resolve("objects");
        boolean much = files(objects.resolve("pack"), ".pack") > MANY || files(objects.resolve("17"), "") > LOOSE;
        if (!much || System.nanoTime() - last < PAUSE.toNanos()) {
            return;
        }
        last = System.nanoTime();
        try (Git git = Git.wrap(clone)) {
            git.gc().call();
        }
    }

    private static int files(Path folder, String ending) {
        File[] files = folder.toFile().listFiles((in, name) -> name.endsWith(ending));
        return files == null ? 0 : files.length;
    }
}
