package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The receipts that may still change, as many as are kept; older ones stay as they are. */
final class OpenReceipts {
    private static final int KEPT = 200;

    /** Of the map alone; nobody who has it talks to a forge. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, OpenReceipt> open = new LinkedHashMap<>();

    /** The receipt of a pull request; begins now where there is none. */
    OpenReceipt of(RepositoryInfo info, PullRequest pull, String commit, Instant now) {
        OpenReceipt fresh = OpenReceipt.of(info, pull, commit, now);
        lock.lock();
        try {
            if (open.size() >= KEPT && !open.containsKey(fresh.key())) {
                open.remove(open.keySet().iterator().next());
            }
            return open.computeIfAbsent(fresh.key(), any -> fresh);
        } finally {
            lock.unlock();
        }
    }

    List<OpenReceipt> all() {
        lock.lock();
        try {
            return List.copyOf(open.values());
        } finally {
            lock.unlock();
        }
    }

    /** It stays to be brought up to date, though another environment of it was well and it was taken off; or it does not. */
    void keep(OpenReceipt receipt, boolean changes) {
        lock.lock();
        try {
            if (changes) {
                open.putIfAbsent(receipt.key(), receipt);
            } else {
                open.remove(receipt.key(), receipt);
            }
        } finally {
            lock.unlock();
        }
    }
}
