package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.Repository.Commit;
import dev.mergeway.reconciler.port.RepositoryException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When files were touched last, on tracked branches. What was found is remembered, so that looking again costs the commits
 * that came since and not the whole history; losing it costs one long look.
 */
final class Touches {
    private final World world;
    private final Map<File, Known> known = new ConcurrentHashMap<>();

    private record File(String repository, String path) {}

    /** Until which commit the history was looked through, and what was found. */
    private record Known(String commit, Instant time) {}

    Touches(World world) {
        this.world = world;
    }

    /** The time of the commit, following first parents, that gave a file the content it has on a side. */
    Instant last(Side side, String path) throws RepositoryException {
        Repository repository = world.repository(side.repository());
        String tip = side.snapshot().commit();
        File file = new File(side.repository().name(), path);
        Known before = known.get(file);
        Optional<Commit> last = repository.lastChange(path, before == null ? "" : before.commit(), tip);
        Instant time = last.isPresent()
                ? last.get().time()
                : before == null ? repository.commit(tip).time() : before.time();
        known.put(file, new Known(tip, time));
        return time;
    }
}
