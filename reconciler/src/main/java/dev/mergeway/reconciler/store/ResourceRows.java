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
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code resources}. */
final class ResourceRows {
    private static final int BATCH = 500;

    private ResourceRows() {}

    static Page<ResourceState> page(Handle handle, Filter filter, String after, int limit) {
        if (!filter.status().isEmpty() && labelled(filter.status()).isEmpty()) {
            return new Page<>(List.of(), "");
        }
        try (Query query = query(handle, "", filter, after, limit)) {
            return query.map(ResourceRows::read)
                    .withIterator(rows -> Cursor.page(
                            rows,
                            limit,
                            state -> Cursor.opaque(Cursor.id(state.environment(), state.key())),
                            state -> 1_000));
        }
    }

    /** @param how goes before the statement, such as {@code explain} */
    static Query query(Handle handle, String how, Filter filter, String after, int limit) {
        Map<String, String> same = new LinkedHashMap<>();
        if (!filter.environment().isEmpty()) {
            same.put("environment", filter.environment());
        }
        if (!filter.provider().isEmpty()) {
            same.put("provider", filter.provider());
        }
        Map<String, String> labelled = labelled(filter.status());
        List<String> pages = new ArrayList<>();
        for (String column : labelled.keySet()) {
            pages.add(page(
                    Stream.concat(same.keySet().stream(), Stream.of(column)).toList(), limit));
        }
        String rows = switch (pages.size()) {
            case 0 -> page(same.keySet(), limit);
            case 1 -> pages.getFirst();
            default -> "(" + String.join(") union (", pages) + ") order by id limit " + (limit + 1);
        };
        return handle.createQuery(how + rows)
                .bind("after", Cursor.open(after))
                .bindMap(same)
                .bindMap(labelled);
    }

    /** Sorted by the columns that are the same in all rows, too: so H2 takes the index that begins with them. */
    private static String page(Collection<String> same, int limit) {
        String conditions =
                same.stream().map(column -> " and " + column + " = :" + column).collect(Collectors.joining());
        String order = same.stream().map(column -> column + ", ").collect(Collectors.joining());
        return "select * from resources where id > :after" + conditions + " order by " + order + "id limit "
                + (limit + 1);
    }

    /**
     * The columns that may have a label, and what stands there then: the sync, the health, both ({@code Unknown}) or neither.
     * Only what it can be is asked, each by its own index.
     */
    private static Map<String, String> labelled(String label) {
        Map<String, String> labelled = new LinkedHashMap<>();
        for (Sync sync : Sync.values()) {
            if (sync.label().equals(label)) {
                labelled.put("sync", sync.name());
            }
        }
        for (HealthState.Status health : HealthState.Status.values()) {
            if (health.label().equals(label)) {
                labelled.put("health", health.name());
            }
        }
        return labelled;
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
