package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Journal;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.run.RunRecord;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.schema.model.ResourceKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Kills the process before or after one of its entries is written: each entry is two points, counted from 0. */
final class KillingJournal implements Journal {
    private final Journal journal;
    private int left;

    /** @param survived points that are passed before the one that kills; -1 where none does */
    KillingJournal(Journal journal, int survived) {
        this.journal = journal;
        this.left = survived;
    }

    private synchronized void point() {
        if (left-- == 0) {
            kill();
        }
    }

    private static void kill() {
        try {
            new ProcessBuilder(
                            "kill", "-9", String.valueOf(ProcessHandle.current().pid()))
                    .start();
            Thread.sleep(60_000); // it ends here
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void entry(Runnable written) {
        point();
        written.run();
        point();
    }

    @Override
    public void begin(RunRecord run) {
        entry(() -> journal.begin(run));
    }

    @Override
    public void intend(String run, Action action, ResourceKey resource) {
        entry(() -> journal.intend(run, action, resource));
    }

    @Override
    public void ended(String run, Outcome outcome) {
        entry(() -> journal.ended(run, outcome));
    }

    @Override
    public void end(String run, RunState state, String message) {
        entry(() -> journal.end(run, state, message));
    }

    @Override
    public List<RunRecord> unfinished() {
        return journal.unfinished();
    }
}
