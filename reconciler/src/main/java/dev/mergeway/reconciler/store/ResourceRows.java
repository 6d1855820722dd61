package dev.mergeway.reconciler.store;

import dev.mergeway.reconciler.port.Ledger.Filter;
import dev.mergeway.reconciler.port.Ledger.Page;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import dev.mergeway.reconciler.run.ResourceState;
import dev.mergeway.schema.model.ResourceKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code resources}. */
final class ResourceRows {
    private static final int BATCH = 500;

    private ResourceRows() {}

    static Page<ResourceState> page(Handle handle, Filter filter, String after, int limit) {
        Map<String, Object> values = new HashMap<>();
        List<String> conditions = new ArrayList<>(List.of("id > :after"));
        values.put("after", Cursor.open(after));
        if (!filter.environment().isEmpty()) {
            conditions.add("environment = :environment");
            values.put("environment", filter.environment());
        }
        if (!filter.provider().isEmpty()) {
            conditions.add("provider = :provider");
            values.put("provider", filter.provider());
        }
        if (!filter.status().isEmpty()) {
            conditions.add(status(filter.status(), values));
        }
        try (Query query = handle.createQuery("select * from resources where " + String.join(" and ", conditions)
                + " order by id limit " + (limit + 1))) {
            return query.bindMap(values)
                    .map(ResourceRows::read)
                    .withIterator(rows -> Cursor.page(
                            rows,
                            limit,
                            state -> Cursor.opaque(Cursor.id(state.environment(), state.key())),
                            state -> 1_000));
        }
    }

    /** A label may be of a sync, of a health, of both ({@code Unknown}) or of neither: only what it can be is asked. */
    private static String status(String label, Map<String, Object> values) {
        List<String> either = new ArrayList<>();
        for (Sync sync : Sync.values()) {
            if (sync.label().equals(label)) {
                either.add("sync = :sync");
                values.put("sync", sync.name());
            }
        }
        for (HealthState.Status health : HealthState.Status.values()) {
            if (health.label().equals(label)) {
                either.add("health = :health");
                values.put("health", health.name());
            }
        }
        return either.isEmpty() ? "1 = 0" : "(" + String.join(" or ", either) + ")";
    }

    static Optional<ResourceState> one(Handle handle, String environment, ResourceKey key) {
        return handle.createQuery("select * from resources where id = :id")
                .bind("id", Cursor.id(environment, key))
                .map(ResourceRows::read)
                .findOne();
    }

    static int count(Handle handle, String environment) {
        return handle.createQuery("select count(*) from resources where environment = :environment")
                .bind("environment", environment)
                .mapTo(Integer.class)
                .one();
    }

    /** In order of key, so that two that write the same environment do not wait for each other in a ring. */
    static void save(Handle handle, String environment, List<ResourceState> changed, List<ResourceKey> gone) {
        List<Map<String, ?>> rows = new ArrayList<>();
        changed.stream()
                .sorted(Comparator.comparing(ResourceState::key))
                .forEach(state -> rows.add(columns(environment, state)));
        for (int from = 0; from < rows.size(); from += BATCH) {
            Writes.upsert(handle, "resources", List.of("id"), rows.subList(from, Math.min(rows.size(), from + BATCH)));
        }
        if (!gone.isEmpty()) {
            try (PreparedBatch batch = handle.prepareBatch("delete from resources where id = :id")) {
                gone.stream()
                        .sorted()
                        .forEach(key ->
                                batch.bind("id", Cursor.id(environment, key)).add());
                batch.execute();
            }
        }
    }

    private static Map<String, Object> columns(String environment, ResourceState state) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("id", Cursor.id(environment, state.key()));
        columns.put("environment", environment);
        columns.put("provider", state.key().provider());
        columns.put("target", state.key().target());
        columns.put("type", state.key().type());
        columns.put("namespace", state.key().namespace());
        columns.put("name", state.key().name());
        columns.put("sync", state.sync().name());
        columns.put("health", state.health().status().name());
        columns.put("health_message", Columns.line(state.health().message()));
        columns.put("message", Columns.line(state.message()));
        columns.put("repository", state.repository());
        columns.put("file", Columns.line(state.file()));
        columns.put("line", state.line());
        return columns;
    }

    private static ResourceState read(ResultSet row, StatementContext context) throws SQLException {
        return new ResourceState(
                row.getString("environment"),
                new ResourceKey(
                        row.getString("provider"),
                        row.getString("target"),
                        row.getString("type"),
                        row.getString("namespace"),
                        row.getString("name")),
                Sync.valueOf(row.getString("sync")),
                new HealthState(HealthState.Status.valueOf(row.getString("health")), row.getString("health_message")),
                row.getString("message"),
                row.getString("repository"),
                row.getString("file"),
                row.getInt("line"));
    }
}
