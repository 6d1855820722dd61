package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.run.RepositoryInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Statuses of ours that are pending, since when: each is said once, and none stays so for ever. Of this process only: what
 * another one left pending is asked for again when somebody looks, and begins here anew.
 */
final class Pending {
    /** A plan takes seconds. After this, whoever waits should know that something is wrong. */
    static final Duration DEADLINE = Duration.ofMinutes(10);

    private final Map<Subject, One> pending = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * What a status is about: a pull request, whatever its head, or a commit of a queue.
     *
     * @param name number of the pull request, or the commit
     */
    record Subject(RepositoryInfo info, String name) {
        static Subject pull(RepositoryInfo info, int number) {
            return new Subject(info, "#" + number);
        }
    }

    /**
     * A status that is pending.
     *
     * @param commit what it is set on
     * @param page where to read more
     * @param line what it says
     */
    record Status(String commit, String page, String line) {}

    private record One(Status status, Instant since, boolean over) {}

    /** It is pending; false where it says so already, or that its time is up, so that it need not be said again. */
    boolean begin(Subject subject, Status status, Instant now) {
        lock.lock();
        try {
            @Nullable One before = pending.get(subject);
            if (before == null || !before.status().commit().equals(status.commit())) {
                pending.put(subject, new One(status, now, false));
                return true;
            }
            if (before.over() || before.status().equals(status)) {
                return false;
            }
            pending.put(subject, new One(status, before.since(), false));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** It is not pending any more. */
    void end(Subject subject) {
        lock.lock();
        try {
            pending.remove(subject);
        } finally {
            lock.unlock();
        }
    }

    /** Those whose time is up; each is told once. */
    List<Map.Entry<Subject, Status>> over(Instant now) {
        lock.lock();
        try {
            List<Map.Entry<Subject, Status>> over = new ArrayList<>();
            pending.replaceAll((subject, one) -> {
                if (one.over() || now.isBefore(one.since().plus(DEADLINE))) {
                    return one;
                }
                over.add(Map.entry(subject, one.status()));
                return new One(one.status(), one.since(), true);
            });
            return over;
        } finally {
            lock.unlock();
        }
    }
}
