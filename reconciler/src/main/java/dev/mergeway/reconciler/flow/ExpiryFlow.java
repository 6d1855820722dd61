package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.FileFacts;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.schema.model.Environment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows when an environment's time is up, and then opens a pull request that removes it and says how to keep it. One only:
 * what was declined is not asked again before the declaration gives another time.
 */
final class ExpiryFlow {
    /** Timers are not trusted for longer. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Runs of the environment that are looked through for an earlier reminder. */
    private static final int RUNS = 200;

    private final Room room;
    private final Touches touches;

    ExpiryFlow(Room room) {
        this.room = room;
        this.touches = new Touches(room.world());
    }

    Ending check(String environment) throws RepositoryException, ForgeException {
        Optional<EnvironmentState> known = room.memory().ledger().environment(environment);
        Optional<Side> side = declaring(environment);
        if (known.isEmpty() || side.isEmpty()) {
            return Ending.done("nobody declares " + environment);
        }
        Optional<Instant> over = over(environment, side.get());
        remember(known.get(), over.orElse(null));
        if (over.isEmpty()) {
            return Ending.done("it stays");
        }
        Duration left = Duration.between(room.memory().clock().now(), over.get());
        if (!left.isNegative()) {
            Duration after = left.compareTo(LONGEST) < 0 ? left.plusSeconds(1) : LONGEST;
            return Ending.lookAgain("its time is up on " + day(over.get()), after);
        }
        return remind(environment, side.get(), over.get());
    }

    /** Who declares it; a platform repository where several do, as everywhere. */
    private Optional<Side> declaring(String environment) throws RepositoryException {
        return room.library().tips(room.library().offer()).stream()
                .filter(tip -> tip.index().declares(environment).isPresent())
                .min(Comparator.comparing(tip -> tip.repository().role()));
    }

    private Optional<Instant> over(String name, Side side) throws RepositoryException {
        Optional<Environment> declared =
                room.library().declared(side, name, room.library().offer());
        return declared.isEmpty()
                ? Optional.empty()
                : Expiry.of(
                        declared.get(),
                        () -> touches.last(
                                side, declared.get().spec().document().file()));
    }

    private void remember(EnvironmentState known, @Nullable Instant expires) {
        EnvironmentState now = known.until(expires);
        if (!now.equals(known)) {
            room.memory().ledger().update(known, now);
        }
    }

    private Ending remind(String environment, Side side, Instant over) throws RepositoryException, ForgeException {
        RepositoryInfo info = side.repository();
        String message = "its time was up on " + day(over) + ", so a pull request removes it";
        boolean reminded = room.memory().ledger().runs(environment, "", RUNS).items().stream()
                .anyMatch(run -> run.kind().equals("expiry")
                        && run.state() == RunState.SUCCEEDED
                        && run.message().equals(message));
        Map<String, Optional<byte[]>> removed = removed(environment, side);
        if (reminded || removed.isEmpty()) {
            return Ending.done(reminded ? message : "its time was up; its file declares something else too");
        }
        String run = room.runs()
                .begin("expiry", info.name(), environment, null, side.snapshot().commit());
        int number = room.runs()
                .unlessBroken(
                        run,
                        () -> room.world()
                                .forge(info)
                                .propose(
                                        info.path(),
                                        info.branch(),
                                        Authors.EXPIRE + environment,
                                        "Remove environment " + environment + ", whose time is up",
                                        body(environment, side, over),
                                        removed));
        Ending ending = Ending.done(message);
        room.runs().end(run, ending);
        return Ending.done(message + " (" + info.name() + " #" + number + ")");
    }

    /** The files that declare the environment and those of its specs, as far as nothing else is in them. */
    private static Map<String, Optional<byte[]>> removed(String environment, Side side) {
        Map<String, Optional<byte[]>> removed = new LinkedHashMap<>();
        for (String path : side.index().filesOf(environment)) {
            if (side.index().environmentsOf(path).size() == 1
                    && side.index().file(path).filter(ExpiryFlow::isPlain).isPresent()) {
                removed.put(path, Optional.empty());
            }
        }
        boolean declaration =
                side.index().declares(environment).filter(removed::containsKey).isPresent();
        return declaration ? removed : Map.of();
    }

    private static boolean isPlain(FileFacts facts) {
        return facts.blueprints().isEmpty() && !facts.policies() && !facts.broken();
    }

    private static String body(String environment, Side side, Instant over) {
        return "The time of environment `" + environment + "` was up on " + day(over) + " (`expires` in `"
                + side.index().declares(environment).orElse("") + "`).\n\n"
                + "Merge this to remove it with all that is in it; the plan in the comment says what that is.\n\n"
                + "To keep it, close this and write a later date or a longer span of time into `expires`, or take the"
                + " line out, by a pull request of your own.";
    }

    private static String day(Instant over) {
        return over.minusNanos(1).atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
