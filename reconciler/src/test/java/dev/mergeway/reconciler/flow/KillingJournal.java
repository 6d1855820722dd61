package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Journal;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.run.RunRecord;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.schema.model.ResourceKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Kills the process at a moment of the first step at which one is to be killed yet, and writes down that it was. The run as
 * a whole counts as a step: it begins, all is done, and that is told.
 */
final class KillingJournal implements Journal {
    /** How the run is called among the steps. */
    static final String RUN = "run";

    private final Journal journal;
    private final Moment moment;
    private final Path file;
    private final List<String> left;

    /** @param left a file of the steps at which a process is to be killed yet, one a line */
    KillingJournal(Journal journal, Moment moment, Path left) throws IOException {
        this.journal = journal;
        this.moment = moment;
        this.file = left;
        this.left = new ArrayList<>(Files.readAllLines(left));
    }

    private synchronized void at(Moment now, String step) {
        if (now == moment && left.remove(step)) {
            kill();
        }
    }

    private void kill() {
        try {
            Files.write(file, left);
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

    @Override
    public void begin(RunRecord run) {
        journal.begin(run);
        at(Moment.INTENDED, RUN);
    }

    @Override
    public void intend(String run, Action action, ResourceKey resource) {
        journal.intend(run, action, resource);
        at(Moment.INTENDED, resource.toString());
    }

    @Override
    public void ended(String run, Outcome outcome) {
        at(Moment.DONE, outcome.key().toString());
        journal.ended(run, outcome);
        at(Moment.TOLD, outcome.key().toString());
    }

    @Override
    public void end(String run, RunState state, String message) {
        at(Moment.DONE, RUN);
        journal.end(run, state, message);
        at(Moment.TOLD, RUN);
    }

    @Override
    public List<RunRecord> unfinished() {
        return journal.unfinished();
    }
}
