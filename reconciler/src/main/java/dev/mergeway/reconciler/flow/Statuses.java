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

/**
 * Statuses of merge commits as they were set last: one that stands is not set again. GitHub takes 1,000 for each commit and
 * context, ever (docs.github.com/en/rest/commits/statuses), and a release that is held or fails is made again for as long
 * as that lasts. Only for speed: whoever is started anew sets each once more.
 */
final class Statuses {
    /** Others may set it too, such as another replica, so that it is set again after this long: in 1,000 steps 41 days. */
    static final Duration STANDS = Duration.ofHours(1);

    /** Commits that are remembered. */
    private static final int KEPT = 1_000;

    private final World world;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Standing> standing = new LinkedHashMap<>();

    Statuses(World world, Clock clock) {
        this.world = world;
        this.clock = clock;
    }

    private record Standing(CommitStatus status, Instant since) {}

    /** Sets a status, unless we set the same a short while ago and nothing else since. */
    void set(RepositoryInfo info, String commit, CommitStatus status) throws ForgeException {
        String key = info.name() + " " + commit + " " + status.context();
        Instant now = clock.now();
        lock.lock();
        try {
            Standing before = standing.get(key);
            boolean stands = before != null
                    && before.status().equals(status)
                    && now.isBefore(before.since().plus(STANDS));
            if (!stands) {
                standing.remove(key);
                world.forge(info).status(info.path(), commit, status);
                standing.put(key, new Standing(status, now));
                if (standing.size() > KEPT) {
                    standing.remove(standing.keySet().iterator().next());
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
