package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.flow.Hints;
import dev.mergeway.reconciler.flow.Memory;
import dev.mergeway.reconciler.flow.World;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.run.RunRecord;
import dev.mergeway.reconciler.run.RunState;
import java.time.Duration;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for what no event tells of: what was left in the middle, and a look at everything. */
record Rounds(World world, Memory memory, Hints hints) {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    /** How long after a start its watches have begun, so that nothing falls between them and the first look. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    /** Takes up runs that did not end and that nobody is at any more; those of other replicas go on. */
    void takeUp(Predicate<RunRecord> goesOn) {
        memory.journal().unfinished().stream().filter(goesOn.negate()).forEach(this::interrupted);
    }

    /** A run of a process that was killed: what it was about is looked at again, and the history says so. */
    private void interrupted(RunRecord run) {
        memory.journal().end(run.id(), RunState.CANCELLED, "the service stopped in the middle; it was taken up again");
        LOG.info("run {} ({} {}) was interrupted; it is taken up again", run.id(), run.kind(), run.environment());
        if (run.kind().equals("review") && run.pull() != null) {
            memory.agenda().ask(new RunKey.Review(run.repository(), run.pull()));
        } else if (!run.environment().isEmpty()) {
            memory.agenda().ask(new RunKey.Release(run.environment()));
        }
    }

    /** Goes on with what was not done, and looks for what somebody changed while nobody watched. */
    void resume() {
        Ledger.each(after -> memory.ledger().environments(after, 500), state -> {
            if (state.sync() == EnvironmentState.Sync.SYNCED) {
                live(state, SETTLED);
            } else {
                memory.agenda().ask(new RunKey.Release(state.name()));
            }
        });
    }

    /** Looks at all repositories. */
    void repositories() {
        world.all().forEach(info -> memory.agenda().ask(new RunKey.Look(info.name())));
    }

    /** Looks at all repositories, and at all that is live. */
    void everything() {
        repositories();
        Ledger.each(after -> memory.ledger().environments(after, 500), state -> {
            live(state, Duration.ZERO);
            if (state.expires() != null) {
                memory.agenda().ask(new RunKey.Expiry(state.name()));
            }
        });
    }

    private void live(EnvironmentState state, Duration after) {
        hints.all(state.name());
        memory.agenda().ask(new RunKey.Drift(state.name()), after);
    }
}
