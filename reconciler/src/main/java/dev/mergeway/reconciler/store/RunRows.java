package dev.mergeway.reconciler.store;

import dev.mergeway.reconciler.port.Ledger.Page;
import dev.mergeway.reconciler.run.RunRecord;
import dev.mergeway.reconciler.run.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables {@code runs} and {@code steps}. */
final class RunRows {
    /** Steps of one run that are shown; more are kept and not read. */
    private static final int STEPS = 20_000;

    private RunRows() {}

    static Optional<RunRecord> one(Handle handle, String id) {
        return found(handle, id, () -> steps(handle, id));
    }

    /** The run alone. */
    static Optional<RunRecord> outline(Handle handle, String id) {
        return found(handle, id, List::of);
    }

    private static Optional<RunRecord> found(Handle handle, String id, Supplier<List<RunRecord.Step>> steps) {
        return handle.createQuery("select * from runs where id = :id")
                .bind("id", id)
                .map((row, context) -> read(row, steps.get()))
                .findOne();
    }

    private static List<RunRecord.Step> steps(Handle handle, String run) {
        return handle.createQuery("select * from steps where run = :run order by id limit :limit")
                .bind("run", run)
                .bind("limit", STEPS)
                .map(RunRows::step)
                .list();
    }

    /** Newest first; of all environments where {@code environment} is "". */
    static Page<RunRecord> page(Handle handle, String environment, String after, int limit) {
        String of = environment.isEmpty() ? "1 = 1" : "environment = :environment";
        String before = after.isEmpty() ? "1 = 1" : "id < :after";
        try (Query query = handle.createQuery(
                "select * from runs where " + of + " and " + before + " order by id desc limit :limit")) {
            if (!environment.isEmpty()) {
                query.bind("environment", environment);
            }
            if (!after.isEmpty()) {
                query.bind("after", after);
            }
            return query.bind("limit", limit + 1)
                    .map((row, context) -> read(row, List.of()))
                    .withIterator(rows -> Cursor.page(rows, limit, RunRecord::id, run -> 1_000));
        }
    }

    /** Begun and not ended, oldest first. */
    static List<RunRecord> unfinished(Handle handle, int limit) {
        return handle.createQuery("select * from runs where state in ('QUEUED', 'RUNNING') order by id limit :limit")
                .bind("limit", limit)
                .map((row, context) -> read(row, List.of()))
                .list();
    }

    static void save(Handle handle, RunRecord run) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("id", run.id());
        columns.put("kind", run.kind());
        columns.put("repository", run.repository());
        columns.put("environment", run.environment());
        columns.put("pull", run.pull());
        columns.put("revision", run.revision());
        columns.put("state", run.state().name());
        columns.put("started", Columns.column(run.started()));
        columns.put("finished", Columns.column(run.finished()));
        columns.put("message", Columns.line(run.message()));
        Writes.upsert(handle, "runs", List.of("id"), List.of(columns));
    }

    /** Ends it, unless it has ended. */
    static void end(Handle handle, String id, RunState state, String message, Instant now) {
        handle.createUpdate("update runs set state = :state, message = :message, finished = :now"
                        + " where id = :id and state in ('QUEUED', 'RUNNING')")
                .bind("state", state.name())
                .bind("message", Columns.line(message))
                .bind("now", state.ended() ? Columns.column(now) : Columns.column(null))
                .bind("id", id)
                .execute();
    }

    /** A step of a run. */
    record StepRow(String run, RunRecord.Step step) {}

    /** Adds steps; gives their ids, in the same order. */
    static List<Long> addSteps(Handle handle, List<StepRow> steps) {
        if (steps.isEmpty()) {
            return List.of();
        }
        try (PreparedBatch batch = handle.prepareBatch("insert into steps (run, action, resource, result, message)"
                + " values (:run, :action, :resource, :result, :message)")) {
            for (StepRow row : steps) {
                batch.bind("run", row.run())
                        .bind("action", row.step().action())
                        .bind("resource", Columns.line(row.step().resource()))
                        .bind("result", row.step().result())
                        .bind("message", Columns.line(row.step().message()))
                        .add();
            }
            return batch.executePreparedBatch("id").mapTo(Long.class).list();
        }
    }

    /** Writes results into steps, by their ids; gives the results of those that are gone or have one already. */
    static List<StepRow> endSteps(Handle handle, Map<Long, StepRow> results) {
        if (results.isEmpty()) {
            return List.of();
        }
        List<StepRow> rows = List.copyOf(results.values());
        try (PreparedBatch batch = handle.prepareBatch(
                "update steps set result = :result, message = :message" + " where id = :id and result = 'started'")) {
            results.forEach((id, row) -> batch.bind("result", row.step().result())
                    .bind("message", Columns.line(row.step().message()))
                    .bind("id", id)
                    .add());
            int[] changed = batch.execute();
            return IntStream.range(0, changed.length)
                    .filter(index -> changed[index] == 0)
                    .mapToObj(rows::get)
                    .toList();
        }
    }

    /** Writes the result into the newest step of the resource that has none; false where there is no such step. */
    static boolean endStep(Handle handle, StepRow row) {
        int changed = handle.createUpdate(
                        "update steps set result = :result, message = :message where id ="
                                + " (select max(id) from steps where run = :run and resource = :resource and result = 'started')")
                .bind("result", row.step().result())
                .bind("message", Columns.line(row.step().message()))
                .bind("run", row.run())
                .bind("resource", Columns.line(row.step().resource()))
                .execute();
        return changed > 0;
    }

    private static RunRecord read(ResultSet row, List<RunRecord.Step> steps) throws SQLException {
        int pull = row.getInt("pull");
        Integer number = row.wasNull() ? null : pull;
        return new RunRecord(
                row.getString("id"),
                row.getString("kind"),
                row.getString("repository"),
                row.getString("environment"),
                number,
                row.getString("revision"),
                RunState.valueOf(row.getString("state")),
                Objects.requireNonNull(Columns.instant(row, "started")),
                Columns.instant(row, "finished"),
                row.getString("message"),
                steps);
    }

    private static RunRecord.Step step(ResultSet row, StatementContext context) throws SQLException {
        return new RunRecord.Step(
                row.getString("action"), row.getString("resource"), row.getString("result"), row.getString("message"));
    }
}
