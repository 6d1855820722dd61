package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunRecord;
import dev.mergeway.reconciler.run.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Begins and ends the records of runs. */
final class Runs {
    private final Memory memory;
    private final AtomicLong last = new AtomicLong();

    Runs(Memory memory) {
        this.memory = memory;
    }

    String begin(String kind, RepositoryInfo info, PullRequest pull) {
        return begin(kind, info.name(), "", pull.number(), pull.head());
    }

    String begin(String kind, String environment, Situation situation) {
        Question.Heading heading = situation.question().heading();
        Integer pull = heading.pull() == 0 ? null : heading.pull();
        return begin(kind, heading.repository(), environment, pull, heading.head());
    }

    /** Writes down that a run begins; gives its id, which sorts by time. */
    String begin(String kind, String repository, String environment, @Nullable Integer pull, String revision) {
        Instant now = memory.clock().now();
        String id = String.format(
                Locale.ROOT,
                "%013d-%s",
                unique(now.toEpochMilli()),
                RandomText.of(4).toLowerCase(Locale.ROOT));
        memory.journal()
                .begin(new RunRecord(
                        id, kind, repository, environment, pull, revision, RunState.RUNNING, now, null, "", List.of()));
        return id;
    }

    private long unique(long millis) {
        return last.updateAndGet(before -> Math.max(before + 1, millis));
    }

    /** Something that is done during a run. */
    @FunctionalInterface
    interface Work<T> {
        T done() throws RepositoryException, ForgeException;
    }

    /** Does what may break off: then the run has ended too, and does not read as running until somebody is restarted. */
    <T> T unlessBroken(String run, Work<T> work) throws RepositoryException, ForgeException {
        String why = "Mergeway failed at this; its log says more";
        boolean broken = true;
        try {
            T done = work.done();
            broken = false;
            return done;
        } catch (RepositoryException | ForgeException e) {
            why = String.valueOf(e.getMessage());
            throw e;
        } finally {
            if (broken) {
                end(run, Ending.failed(why, true));
            }
        }
    }

    void end(String run, Ending ending) {
        memory.journal().end(run, ending.state(), ending.message());
    }
}
