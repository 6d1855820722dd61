package dev.mergeway.reconciler.git;

import dev.mergeway.reconciler.port.RepositoryException;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TransportException;

/**
 * Lets a bounded number of threads read a repository at once (virtual threads bound nothing, and each reader holds
 * buffers), and turns what JGit throws into the port's exception. Not reentrant: work must not enter again.
 */
final class Gate {
    private final String repository;
    private final Semaphore permits;

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
            throw failure(what, e.getMessage(), "Run 'git fsck' in the repository.", false, e);
        } catch (TransportException e) {
            throw failure(
                    what, e.getMessage(), "Check the address, the token and the network; it is tried again.", true, e);
        } catch (IOException | GitAPIException e) {
            throw failure(
                    what, e.getMessage(), "Check the disk and the folder's permissions; it is tried again.", true, e);
        } finally {
            permits.release();
        }
    }

    /** An exception whose message says what was tried, why it failed and what to do. */
    RepositoryException failure(
            String what, @org.jspecify.annotations.Nullable String why, String next, boolean passing, Throwable cause) {
        return new RepositoryException(
                "Repository " + repository + ": " + what + " failed: "
                        + (why == null ? cause.getClass().getSimpleName() : why) + ". " + next,
                passing,
                cause);
    }
}
