package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is in which team of a forge, asked and kept for a short while. */
final class Teams {
    private static final Logger LOG = LoggerFactory.getLogger(Teams.class);

    /** Somebody who left a team counts for so long; a review is looked at within seconds. */
    static final Duration KEPT = Duration.ofMinutes(1);

    private final World world;
    private final Clock clock;
    private final Map<String, Kept> known = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    private record Kept(Optional<Set<String>> members, Instant until) {}

    Teams(World world, Clock clock) {
        this.world = world;
        this.clock = clock;
    }

    /**
     * Whether a user is a member.
     *
     * @param team as its forge calls it, such as {@code acme/reviewers}
     * @return empty where the forge does not tell
     */
    Optional<Boolean> has(RepositoryInfo info, String team, String user) {
        return members(info, team).map(members -> members.contains(user.toLowerCase(Locale.ROOT)));
    }

    private Optional<Set<String>> members(RepositoryInfo info, String team) {
        String key = info.forge() + " " + team.toLowerCase(Locale.ROOT);
        Instant now = clock.now();
        lock.lock();
        try {
            known.values().removeIf(kept -> !now.isBefore(kept.until()));
            Kept kept = known.get(key);
            if (kept != null) {
                return kept.members();
            }
        } finally {
            lock.unlock();
        }
        Optional<Set<String>> asked = asked(info, team);
        lock.lock();
        try {
            known.put(key, new Kept(asked, now.plus(KEPT)));
        } finally {
            lock.unlock();
        }
        return asked;
    }

    /** A plan is not held up by what is only said. */
    private Optional<Set<String>> asked(RepositoryInfo info, String team) {
        try {
            return world.forge(info)
                    .members(info.path(), team)
                    .map(members -> members.stream()
                            .map(member -> member.toLowerCase(Locale.ROOT))
                            .collect(Collectors.toSet()));
        } catch (ForgeException e) {
            LOG.warn("who is in {} is asked again in a minute: {}", team, e.getMessage());
            return Optional.empty();
        }
    }
}
