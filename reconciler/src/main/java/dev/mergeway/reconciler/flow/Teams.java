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

/** Who is in which team of a forge and has which address, asked and kept for a short while. */
final class Teams {
    private static final Logger LOG = LoggerFactory.getLogger(Teams.class);

    /** Somebody who left a team counts for so long; a review is looked at within seconds. */
    static final Duration KEPT = Duration.ofMinutes(1);

    private final World world;
    private final Clock clock;
    private final Map<String, Kept> known = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    private record Kept(Optional<Set<String>> names, Instant until) {}

    /** Asks the forge. */
    private interface Asking {
        Optional<Set<String>> names() throws ForgeException;
    }

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
        // Who has a role is another matter in every repository.
        String where = team.startsWith("@") ? info.path() + " " : "";
        return kept(info, "team " + where + team, () -> world.forge(info).members(info.path(), team))
                .map(members -> members.contains(lower(user)));
    }

    /** Whether a user has an address; empty where they do not show it, since they may have others. */
    Optional<Boolean> hasAddress(RepositoryInfo info, String address, String user) {
        return kept(
                        info,
                        "address of " + user,
                        () -> world.forge(info).address(info.path(), user).map(Set::of))
                .filter(shown -> shown.contains(lower(address)))
                .map(shown -> true);
    }

    private Optional<Set<String>> kept(RepositoryInfo info, String what, Asking asking) {
        String key = info.forge() + " " + lower(what);
        Instant now = clock.now();
        lock.lock();
        try {
            known.values().removeIf(kept -> !now.isBefore(kept.until()));
            Kept kept = known.get(key);
            if (kept != null) {
                return kept.names();
            }
        } finally {
            lock.unlock();
        }
        Optional<Set<String>> asked = asked(what, asking);
        lock.lock();
        try {
            known.put(key, new Kept(asked, now.plus(KEPT)));
        } finally {
            lock.unlock();
        }
        return asked;
    }

    /** A plan is not held up by what is only said. */
    private static Optional<Set<String>> asked(String what, Asking asking) {
        try {
            return asking.names().map(names -> names.stream().map(Teams::lower).collect(Collectors.toSet()));
        } catch (ForgeException e) {
            LOG.warn("the {} is asked for again in a minute: {}", what, e.getMessage());
            return Optional.empty();
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
