package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.policy.Judgement;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.schema.model.ResourceKey;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From merge to receipt: brings one environment to what the tracked branches say. Plans again on the merged revision,
 * holds what was not shown, applies the rest, looks at the health, and writes the receipt.
 */
final class ReleaseFlow {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseFlow.class);

    /** How a release ends that had nothing to do. */
    static final String NOTHING_NEW = "nothing new";

    private final Room room;
    private final Waiting waiting;
    private final Situations situations;
    private final Shown shown;

    ReleaseFlow(Room room) {
        this.room = room;
        this.waiting = new Waiting(room.world(), room.memory().ledger());
        this.situations = new Situations(room, waiting);
        this.shown = new Shown(room.world(), room.memory().ledger());
    }

    /** Releases. What breaks off for something that does not pass by itself is written at the environment, and tried again. */
    Ending release(String environment) throws RepositoryException, ForgeException {
        try {
            return planned(environment);
        } catch (RepositoryException e) {
            if (!e.passing()) {
                room.results().broken(environment, String.valueOf(e.getMessage()));
            }
            throw e;
        } catch (ForgeException e) {
            if (!e.passing()) {
                room.results().broken(environment, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private Ending planned(String environment) throws RepositoryException, ForgeException {
        Situation situation = situations.of(environment);
        if (situation.question().pairs().isEmpty()) {
            return Ending.done(NOTHING_NEW);
        }
        Draft draft = room.planning().draft(situation.question());
        Judgement judgement = room.judging().release(draft, situation.merged());
        Reviewed reviewed = room.judging().reviewed(draft, situation.merged());
        boolean agreed = !room.judging().agreed(draft, situation.merged()).isEmpty();
        Holds holds = Holds.of(draft.plan(), judgement, shown.in(situation.merged(), draft.plan()), reviewed, agreed);
        String run = room.runs().begin("release", environment, situation);
        Release planned = new Release(run, environment, situation, draft, judgement, holds, Map.of());
        return room.runs().unlessBroken(run, () -> carriedOut(planned));
    }

    private Ending carriedOut(Release planned) {
        room.receipts().applying(planned);
        Release release = planned.with(Unfinished.finished(
                room.memory().ledger(),
                planned.environment(),
                planned.run(),
                room.applying().apply(planned.draft(), planned.holds().reasons().keySet(), planned.run())));
        Ending ending = room.results().ending(release);
        room.results().resources(release);
        ending = receipt(release, ending);
        waiting.remember(release, ending);
        room.results().environment(release, ending);
        room.runs().end(release.run(), ending);
        return ending;
    }

    /**
     * Writes the receipt before the revision counts as applied: whoever is killed in between writes it again. A forge that
     * takes it later has the release made again, which finds nothing to do; one that never takes it stops nobody.
     */
    private Ending receipt(Release release, Ending ending) {
        try {
            room.receipts().write(release, ending);
            return ending;
        } catch (ForgeException e) {
            LOG.warn("release of {}: the receipt was not written: {}", release.environment(), e.getMessage());
            return e.passing() && ending.state() == RunState.SUCCEEDED
                    ? Ending.failed("applied, but not told yet: " + e.getMessage(), true)
                    : ending;
        }
    }

    /**
     * One release as it went.
     *
     * @param run id of the run
     * @param environment the environment
     * @param situation what it started from
     * @param draft what was planned
     * @param judgement how it was judged
     * @param holds what was held
     * @param outcomes what became of each step
     */
    record Release(
            String run,
            String environment,
            Situation situation,
            Draft draft,
            Judgement judgement,
            Holds holds,
            Map<ResourceKey, Outcome> outcomes) {
        /** The same once it is carried out. */
        Release with(Map<ResourceKey, Outcome> done) {
            return new Release(run, environment, situation, draft, judgement, holds, done);
        }
    }
}
