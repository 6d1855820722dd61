package dev.mergeway.reconciler.store;

import dev.mergeway.reconciler.port.Clock;
import dev.mergeway.reconciler.port.Journal;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.run.RunRecord;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.reconciler.run.Together;
import dev.mergeway.schema.model.ResourceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The journal in a database. What a call writes is durable when it returns; steps that come together are committed together. */
public final class JdbcJournal implements Journal {
    private static final int UNFINISHED = 1_000;

    /** A commit costs the processor as much as some dozens of rows; whoever applies many waits for this beside its effects. */
    private static final Duration GATHERING = Duration.ofMillis(30);

    private final Jdbi jdbi;
    private final Changes changes;
    private final Clock clock;
    private final Together<Entry> steps;

    /** Ids of the steps that are under way, so that nobody has to search a run of thousands for them. */
    private final Map<StepOf, Long> started = new ConcurrentHashMap<>();

    private record StepOf(String run, String resource) {}

    /** What is written of a step. */
    private sealed interface Entry {
        record Intent(String run, RunRecord.Step step) implements Entry {}

        record End(String run, RunRecord.Step step) implements Entry {}
    }

    /** @param changes is told which run moved, after it was committed */
    public JdbcJournal(Database database, Changes changes, Clock clock) {
        this.jdbi = database.jdbi();
        this.changes = changes;
        this.clock = clock;
        this.steps = new Together<>(this::commit, GATHERING);
    }

    /** Of a run that was begun before (by a process that was killed) it keeps the steps. */
    @Override
    public void begin(RunRecord run) {
        Writes.transaction(jdbi, handle -> {
            RunRows.save(handle, run);
            RunRows.addSteps(
                    handle,
                    run.steps().stream()
                            .map(step -> new RunRows.StepRow(run.id(), step))
                            .toList());
        });
        changes.publish(new Change.Run(run.id()));
    }

    @Override
    public void intend(String run, Action action, ResourceKey resource) {
        steps.write(new Entry.Intent(run, new RunRecord.Step(action.label(), resource.toString(), "started", "")));
        changes.publish(new Change.Run(run));
    }

    /** An outcome that nothing was intended for (it was skipped, or there was nothing to do) is a step without action. */
    @Override
    public void ended(String run, Outcome outcome) {
        String resource = outcome.key().toString();
        String result = outcome.result().name().toLowerCase(Locale.ROOT);
        Problem problem = outcome.problem();
        String message = problem == null ? "" : problem.message();
        steps.write(new Entry.End(run, new RunRecord.Step("", resource, result, message)));
        started.remove(new StepOf(run, resource));
        changes.publish(new Change.Run(run));
    }

    private void commit(List<Entry> entries) {
        List<Entry.Intent> intents = new ArrayList<>();
        List<Entry.End> ends = new ArrayList<>();
        for (Entry entry : entries) {
            switch (entry) {
                case Entry.Intent intent -> intents.add(intent);
                case Entry.End end -> ends.add(end);
            }
        }
        List<Long> ids = new ArrayList<>();
        Writes.transaction(jdbi, handle -> {
            ids.clear();
            ids.addAll(RunRows.addSteps(
                    handle,
                    intents.stream()
                            .map(intent -> new RunRows.StepRow(intent.run(), intent.step()))
                            .toList()));
            end(handle, ends);
        });
        for (int index = 0; index < ids.size(); index++) {
            Entry.Intent intent = intents.get(index);
            started.put(new StepOf(intent.run(), intent.step().resource()), ids.get(index));
        }
    }

    private void end(Handle handle, List<Entry.End> ends) {
        Map<Long, RunRows.StepRow> known = new LinkedHashMap<>();
        List<RunRows.StepRow> open = new ArrayList<>();
        for (Entry.End end : ends) {
            RunRows.StepRow row = new RunRows.StepRow(end.run(), end.step());
            Long id = started.get(new StepOf(end.run(), end.step().resource()));
            if (id == null || known.putIfAbsent(id, row) != null) {
                open.add(row);
            }
        }
        List<RunRows.StepRow> missing = new ArrayList<>(RunRows.endSteps(handle, known));
        open.stream().filter(row -> !RunRows.endStep(handle, row)).forEach(missing::add);
        RunRows.addSteps(handle, missing);
    }

    @Override
    public void end(String run, RunState state, String message) {
        Writes.transaction(jdbi, handle -> RunRows.end(handle, run, state, message, clock.now()));
        started.keySet().removeIf(step -> step.run().equals(run));
        changes.publish(new Change.Run(run));
    }

    @Override
    public List<RunRecord> unfinished() {
        return jdbi.withHandle(handle -> RunRows.unfinished(handle, UNFINISHED));
    }
}
