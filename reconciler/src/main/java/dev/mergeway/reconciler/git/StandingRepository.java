package dev.mergeway.reconciler.git;

import dev.mergeway.reconciler.port.RepositoryException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;

/**
 * A bare repository as it stands on this disk, for whoever only reads: it may belong to a service that is at work. Nothing
 * in its folder is made, changed, locked or unlocked, and no origin is called.
 */
public final class StandingRepository extends JGitRepository {
    private final Repository git;

    private StandingRepository(String name, Repository git) {
        super(name);
        this.git = git;
    }

    /** Opens what is there; empty where that is no repository, or not the one that is looked for. */
    static Optional<StandingRepository> open(String name, Path folder, Sought sought) throws RepositoryException {
        return new Gate(name, 1).through("opening " + folder, () -> {
            if (!Disk.holdsRepository(folder)) {
                return Optional.empty();
            }
            Repository opened = Disk.open(folder);
            if (sought.isIt(opened)) {
                return Optional.of(new StandingRepository(name, opened));
            }
            opened.close();
            return Optional.empty();
        });
    }

    /** Tells the repository that is looked for from others. */
    @FunctionalInterface
    interface Sought {
        boolean isIt(Repository candidate);
    }

    @Override
    Repository git() {
        return git;
    }

    @Override
    public void close() {
        git.close();
    }
}
