package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.RepositoryException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One change at a time for each environment of this process: a repair that began before a release would take for a hand
 * edit what the release just did, and put it back.
 */
final class Turns {
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** What is done when it is its turn. */
    interface Work {
        Ending done() throws RepositoryException, ForgeException;
    }

    /** Waits for the turn, then works. */
    Ending take(String environment, Work work) throws RepositoryException, ForgeException {
        ReentrantLock lock = locks.computeIfAbsent(environment, any -> new ReentrantLock());
        lock.lock();
        try {
            return work.done();
        } finally {
            lock.unlock();
        }
    }
}
