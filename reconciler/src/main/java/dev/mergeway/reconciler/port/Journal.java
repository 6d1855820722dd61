package dev.mergeway.reconciler.port;

import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.run.RunRecord;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.schema.model.ResourceKey;
import java.util.List;

/** The write-ahead journal of runs: an intent is durable before its effect begins, its outcome right after it ended. */
public interface Journal {
    /** Writes down that a run begins. */
    void begin(RunRecord run);

    /** Writes down that an action is about to begin. */
    void intend(String run, Action action, ResourceKey resource);

    /** Writes down what became of it. */
    void ended(String run, Outcome outcome);

    /** Writes down that the run ended. */
    void end(String run, RunState state, String message);

    /** Runs that began and did not end, oldest first: those of a process that was killed. At most 1,000. */
    List<RunRecord> unfinished();
}
