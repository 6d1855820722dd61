package dev.mergeway.reconciler.store;

import dev.mergeway.reconciler.port.Ledger.Page;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code environments}. */
final class EnvironmentRows {
    private EnvironmentRows() {}

    static Optional<EnvironmentState> one(Handle handle, String name) {
        return handle.createQuery("select * from environments where name = :name")
                .bind("name", name)
                .map(EnvironmentRows::read)
                .findOne();
    }

    static Page<EnvironmentState> page(Handle handle, String after, int limit) {
        return handle.createQuery("select * from environments where name > :after order by name limit :limit")
                .bind("after", after)
                .bind("limit", limit + 1)
                .map(EnvironmentRows::read)
                .withIterator(rows -> Cursor.page(rows, limit, EnvironmentState::name, state -> 1_000));
    }

    static void save(Handle handle, EnvironmentState state) {
        Writes.upsert(handle, "environments", List.of("name"), List.of(columns(state)));
    }

    /**
     * Writes the columns that differ, in one statement with its condition: two at the same moment do not undo each other, and
     * what was read before a release ended changes nothing after it.
     */
    static boolean update(Handle handle, EnvironmentState read, EnvironmentState now) {
        Map<String, Object> before = columns(read);
        Map<String, Object> after = columns(kept(now));
        after.put("expires", now.expires());
        before.put("expires", read.expires());
        List<String> differing = after.keySet().stream()
                .filter(column -> !Objects.equals(before.get(column), after.get(column)))
                .sorted()
                .toList();
        String set = differing.isEmpty()
                ? "name = name"
                : differing.stream().map(column -> column + " = :" + column).collect(Collectors.joining(", "));
        return handle.createUpdate("update environments set " + set
                                + " where name = :name and revisions = :read_revisions and last_run = :read_run")
                        .bindMap(columns(kept(now)))
                        .bind("read_revisions", before.get("revisions"))
                        .bind("read_run", before.get("last_run"))
                        .execute()
                > 0;
    }

    /** The state as it comes back: times and texts as the columns keep them. */
    static EnvironmentState kept(EnvironmentState state) {
        return new EnvironmentState(
                state.name(),
                Columns.line(state.team()),
                state.tier(),
                state.repository(),
                state.sync(),
                state.health(),
                state.revisions(),
                state.expires() == null ? null : Columns.time(state.expires()),
                Columns.line(state.message()),
                state.lastRun());
    }

    private static Map<String, Object> columns(EnvironmentState state) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("name", state.name());
        columns.put("team", state.team());
        columns.put("tier", state.tier());
        columns.put("repository", state.repository());
        columns.put("sync", state.sync().name());
        columns.put("health", state.health().name());
        columns.put("revisions", Columns.revisions(state.revisions()));
        columns.put("expires", Columns.column(state.expires()));
        columns.put("message", state.message());
        columns.put("last_run", state.lastRun());
        return columns;
    }

    private static EnvironmentState read(ResultSet row, StatementContext context) throws SQLException {
        return new EnvironmentState(
                row.getString("name"),
                row.getString("team"),
                row.getString("tier"),
                row.getString("repository"),
                Sync.valueOf(row.getString("sync")),
                HealthState.Status.valueOf(row.getString("health")),
                Columns.revisions(row.getString("revisions")),
                Columns.instant(row, "expires"),
                row.getString("message"),
                row.getString("last_run"));
    }
}
