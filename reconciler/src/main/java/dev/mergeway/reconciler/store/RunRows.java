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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables {@code runs} and {@code steps}. */
final class RunRows {
    /** Steps of one run that are shown; more are kept and not read. */
    private static final int STEPS = 20_000;

    private RunRows() {}

    static Optional<RunRecord> one(Handle handle, String id) {
        return handle.createQuery("select * from runs where id = :id")
                .bind("id", id)
                .map((row, context) -> read(row, steps(handle, id)))
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

    /** Adds a step; gives its id. */
    static long addStep(Handle handle, String run, RunRecord.Step step) {
        return handle.createUpdate("insert into steps (run, action, resource, result, message)"
                        + " values (:run, :action, :resource, :result, :message)")
                .bind("run", run)
                .bind("action", step.action())
                .bind("resource", Columns.line(step.resource()))
                .bind("result", step.result())
                .bind("message", Columns.line(step.message()))
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    /** Writes the result into a step; false where it is gone or has one. */
    static boolean endStep(Handle handle, long id, String result, String message) {
        return handle.createUpdate("update steps set result = :result, message = :message"
                                + " where id = :id and result = 'started'")
                        .bind("result", result)
                        .bind("message", Columns.line(message))
                        .bind("id", id)
                        .execute()
                > 0;
    }

    /** Writes the result into the newest step of the resource that has none; false where there is no such step. */
    static boolean endStep(Handle handle, String run, String resource, String result, String message) {
        int changed = handle.createUpdate(
                        "update steps set result = :result, message = :message where id ="
                                + " (select max(id) from steps where run = :run and resource = :resource and result = 'started')")
                .bind("result", result)
                .bind("message", Columns.line(message))
                .bind("run", run)
                .bind("resource", Columns.line(resource))
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
