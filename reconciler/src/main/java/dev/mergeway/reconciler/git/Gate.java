package dev.mergeway.reconciler.git;

import dev.mergeway.reconciler.port.RepositoryException;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TransportException;
import org.jspecify.annotations.Nullable;

/**
 * Lets a bounded number of threads read a repository at once (virtual threads bound nothing, and each reader holds
 * buffers), and turns what JGit throws into the port's exception. Not reentrant: work must not enter again.
 */
final class Gate {
    private final String repository;
    private final Semaphore permits;
    private volatile boolean damaged;

    Gate(String repository, int threads) {
        this.repository = repository;
        this.permits = new Semaphore(threads, true);
    }

    /** Something to do with JGit. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException, GitAPIException, RepositoryException;
    }

    /**
     * Does the work when it is its turn.
     *
     * @param what what is tried, for the message: "reading commit 1234"
     */
    <T> T through(String what, Work<T> work) throws RepositoryException {
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(what, "the service is stopping", "It is done again after the start.", true, e);
        }
        try {
            return work.run();
        } catch (MissingObjectException e) {
            throw failure(
                    what, e.getMessage(), "The commit may not be here yet; it is tried again after a fetch.", true, e);
        } catch (CorruptObjectException e) {
            damaged = true;
            String next = "A clone is made again by the next fetch; in an origin, run 'git fsck'.";
            throw failure(what, e.getMessage(), next, true, e);
        } catch (TransportException e) {
            throw failure(
                    what, e.getMessage(), "Check the address, the token and the network; it is tried again.", true, e);
        } catch (IOException | GitAPIException | JGitInternalException e) {
            throw failure(
                    what, e.getMessage(), "Check the disk and the folder's permissions; it is tried again.", true, e);
        } finally {
            permits.release();
        }
    }

    /** Whether damage was seen since this was asked last. */
    boolean sawDamage() {
        boolean seen = damaged;
        damaged = false;
        return seen;
    }

    /** An exception whose message says what was tried, why it failed and what to do. */
    RepositoryException failure(String what, @Nullable String why, String next, boolean passing, Throwable cause) {
        return new RepositoryException(
                "Repository " + repository + ": " + what + " failed: "
                        + (why == null ? cause.getClass().getSimpleName() : why) + ". " + next,
                passing,
                cause);
    }
}
