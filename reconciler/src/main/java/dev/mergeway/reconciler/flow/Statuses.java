package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.port.Forge.CommitStatus;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Statuses of commits as they were set last: one that stands is not set again. GitHub takes 1,000 for each commit and
 * context, ever (docs.github.com/en/rest/commits/statuses), a release that is held or fails is made again for as long as
 * that lasts, and an open pull request is planned again whenever another one is merged. Only for speed: whoever is started anew sets each once more.
 */
final class Statuses {
    private static final Logger LOG = LoggerFactory.getLogger(Statuses.class);

    /** Others may set it too, such as another replica, so that it is set again after this long: in 1,000 steps 41 days. */
    static final Duration STANDS = Duration.ofHours(1);

    /** Commits that are remembered. */
    private static final int KEPT = 5_000;

    private final World world;
    private final Clock clock;
    /** Of the map alone; nobody who has it talks to a forge. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Standing> standing = new LinkedHashMap<>(16, 0.75f, true);

    Statuses(World world, Clock clock) {
        this.world = world;
        this.clock = clock;
    }

    /** What stands on one commit; read and set by whoever has its lock, while a forge takes it too. */
    private static final class Standing {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable CommitStatus status;
        private Instant since = Instant.MIN;

        boolean stands(CommitStatus wanted, Instant now) {
            return wanted.equals(status) && now.isBefore(since.plus(STANDS));
        }
    }

    /** Sets a status, unless we set the same a short while ago and nothing else since. */
    void set(RepositoryInfo info, String commit, CommitStatus status) throws ForgeException {
        Standing one = of(key(info, commit, status.context()));
        Instant now = clock.now();
        one.lock.lock();
        try {
            if (!one.stands(status, now)) {
                one.status = null;
                world.forge(info).status(info.path(), commit, status);
                one.status = status;
                one.since = now;
            }
        } finally {
            one.lock.unlock();
        }
    }

    /** Sets a status, as {@link #set}. A forge that never takes it gets the comment all the same, which says more. */
    void offer(RepositoryInfo info, String commit, CommitStatus status) throws ForgeException {
        try {
            set(info, commit, status);
        } catch (ForgeException e) {
            if (e.passing()) {
                throw e;
            }
            LOG.warn("{} of {} was not set, only the comment says it: {}", status.context(), commit, e.getMessage());
        }
    }

    /** Whether we set one. */
    boolean isSet(RepositoryInfo info, String commit, String context) {
        lock.lock();
        try {
            return standing.containsKey(key(info, commit, context));
        } finally {
            lock.unlock();
        }
    }

    /** Somebody else may have set it since. */
    void forget(RepositoryInfo info, String commit, String context) {
        lock.lock();
        try {
            standing.remove(key(info, commit, context));
        } finally {
            lock.unlock();
        }
    }

    private static String key(RepositoryInfo info, String commit, String context) {
        return info.name() + " " + commit + " " + context;
    }

    private Standing of(String key) {
        lock.lock();
        try {
            Standing found = standing.computeIfAbsent(key, any -> new Standing());
            if (standing.size() > KEPT) {
                standing.remove(standing.keySet().iterator().next());
            }
            return found;
        } finally {
            lock.unlock();
        }
    }
}
