package dev.mergeway.reconciler.store;

import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.port.Journal;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.run.RunRecord;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.schema.model.ResourceKey;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;

/** The journal in a database. Each call is a transaction of its own and durable when it returns. */
public final class JdbcJournal implements Journal {
    private static final int UNFINISHED = 1_000;

    private final Jdbi jdbi;
    private final Changes changes;
    private final Clock clock;

    /** @param changes is told which run moved, after it was committed */
    public JdbcJournal(Database database, Changes changes, Clock clock) {
        this.jdbi = database.jdbi();
        this.changes = changes;
        this.clock = clock;
    }

    /** Of a run that was begun before (by a process that was killed) it keeps the steps. */
    @Override
    public void begin(RunRecord run) {
        Writes.transaction(jdbi, handle -> {
            RunRows.save(handle, run);
            run.steps().forEach(step -> RunRows.addStep(handle, run.id(), step));
        });
        changes.publish(new Change.Run(run.id()));
    }

    @Override
    public void intend(String run, Action action, ResourceKey resource) {
        RunRecord.Step step = new RunRecord.Step(action.label(), resource.toString(), "started", "");
        Writes.transaction(jdbi, handle -> RunRows.addStep(handle, run, step));
        changes.publish(new Change.Run(run));
    }

    /** An outcome that nothing was intended for (it was skipped, or there was nothing to do) is a step without action. */
    @Override
    public void ended(String run, Outcome outcome) {
        String resource = outcome.key().toString();
        String result = outcome.result().name().toLowerCase(Locale.ROOT);
        Problem problem = outcome.problem();
        String message = problem == null ? "" : problem.message();
        Writes.transaction(jdbi, handle -> {
            if (!RunRows.endStep(handle, run, resource, result, message)) {
                RunRows.addStep(handle, run, new RunRecord.Step("", resource, result, message));
            }
        });
        changes.publish(new Change.Run(run));
    }

    @Override
    public void end(String run, RunState state, String message) {
        Writes.transaction(jdbi, handle -> RunRows.end(handle, run, state, message, clock.now()));
        changes.publish(new Change.Run(run));
    }

    @Override
    public List<RunRecord> unfinished() {
        return jdbi.withHandle(handle -> RunRows.unfinished(handle, UNFINISHED));
    }
}
