package dev.mergeway.reconciler.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;

/** Forgets what is old, in small steps, so that nobody waits for it. To be called now and then, such as once an hour. */
public final class History {
    /** How long a run, and a pull request that is not open, is remembered. */
    private static final Duration RUNS = Duration.ofDays(90);

    /** A forge sends the same delivery again within hours; GitHub offers it for three days. */
    private static final Duration DELIVERIES = Duration.ofDays(7);

    private static final int RUNS_PER_ENVIRONMENT = 10_000;
    private static final int MOST_DELIVERIES = 2_000_000;
    private static final int BATCH = 500;

    private final Jdbi jdbi;
    private final int runsPerEnvironment;
    private final int mostDeliveries;

    /** With the limits that users are promised: 90 days, and 10,000 runs of an environment. */
    public History(Database database) {
        this(database, RUNS_PER_ENVIRONMENT, MOST_DELIVERIES);
    }

    /** With other limits, for tests. */
    History(Database database, int runsPerEnvironment, int mostDeliveries) {
        this.jdbi = database.jdbi();
        this.runsPerEnvironment = runsPerEnvironment;
        this.mostDeliveries = mostDeliveries;
    }

    /**
     * Forgets runs older than 90 days or beyond 10,000 of their environment, pull requests that are not open for 90 days
     * with their approvals, and deliveries older than 7 days or beyond two million. Runs that have not ended stay.
     *
     * @return how many rows were forgotten
     */
    public int prune(Instant now) {
        int pruned = runsBefore(now.minus(RUNS));
        Map<String, Integer> crowded = jdbi.withHandle(handle -> handle.createQuery(
                        "select environment, count(*) as runs from runs group by environment having count(*) > :most")
                .bind("most", runsPerEnvironment)
                .reduceRows(new TreeMap<>(), (map, row) -> {
                    map.put(row.getColumn("environment", String.class), row.getColumn("runs", Integer.class));
                    return map;
                }));
        for (Map.Entry<String, Integer> environment : crowded.entrySet()) {
            pruned += oldestRuns(environment.getKey(), environment.getValue() - runsPerEnvironment);
        }
        pruned += new EndedPulls(jdbi).prune(now, now.minus(RUNS));
        return pruned + deliveries(now.minus(DELIVERIES));
    }

    private int runsBefore(Instant time) {
        return inBatches(Integer.MAX_VALUE, (handle, limit) -> {
            try (Query query = handle.createQuery("select id from runs where started < :time"
                    + " and state not in ('QUEUED', 'RUNNING') order by started limit :limit")) {
                return query.bind("time", Columns.column(time))
                        .bind("limit", limit)
                        .mapTo(String.class)
                        .list();
            }
        });
    }

    private int oldestRuns(String environment, int many) {
        return inBatches(many, (handle, limit) -> {
            try (Query query = handle.createQuery("select id from runs where environment = :environment"
                    + " and state not in ('QUEUED', 'RUNNING') order by id limit :limit")) {
                return query.bind("environment", environment)
                        .bind("limit", limit)
                        .mapTo(String.class)
                        .list();
            }
        });
    }

    private int inBatches(int most, Old old) {
        int total = 0;
        int batch;
        do {
            int limit = Math.min(BATCH, most - total);
            batch = limit == 0
                    ? 0
                    : jdbi.inTransaction(handle -> {
                        List<String> ids = old.ids(handle, limit);
                        if (!ids.isEmpty()) {
                            handle.createUpdate("delete from steps where run in (<ids>)")
                                    .bindList("ids", ids)
                                    .execute();
                            handle.createUpdate("delete from runs where id in (<ids>)")
                                    .bindList("ids", ids)
                                    .execute();
                        }
                        return ids.size();
                    });
            total += batch;
        } while (batch == BATCH);
        return total;
    }

    private int deliveries(Instant time) {
        int total = deliveriesUpTo(Columns.column(time), Integer.MAX_VALUE);
        int have = jdbi.withHandle(handle -> handle.createQuery("select count(*) from deliveries")
                .mapTo(Integer.class)
                .one());
        if (have > mostDeliveries) {
            total += deliveriesUpTo(Columns.column(Instant.parse("9999-01-01T00:00:00Z")), have - mostDeliveries);
        }
        return total;
    }

    /** The oldest of those received before a time. */
    private int deliveriesUpTo(Argument time, int most) {
        int total = 0;
        int batch;
        do {
            int limit = Math.min(BATCH, most - total);
            batch = limit == 0 ? 0 : jdbi.inTransaction(handle -> oldestDeliveries(handle, time, limit));
            total += batch;
        } while (batch == BATCH);
        return total;
    }

    private static int oldestDeliveries(Handle handle, Argument time, int limit) {
        List<Map<String, String>> rows = handle.createQuery(
                        "select forge, id from deliveries where received < :time order by received limit :limit")
                .bind("time", time)
                .bind("limit", limit)
                .mapToMap(String.class)
                .list();
        if (!rows.isEmpty()) {
            try (var batch = handle.prepareBatch("delete from deliveries where forge = :forge and id = :id")) {
                rows.forEach(row -> batch.bindMap(row).add());
                batch.execute();
            }
        }
        return rows.size();
    }

    /** Finds ids of old runs. */
    @FunctionalInterface
    private interface Old {
        List<String> ids(Handle handle, int limit);
    }
}
