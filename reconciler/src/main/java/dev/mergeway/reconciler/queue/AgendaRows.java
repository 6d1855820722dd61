package dev.mergeway.reconciler.queue;

import com.github.kagkarlsson.scheduler.task.Execution;
import dev.mergeway.reconciler.run.RunKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.argument.Argument;

/**
 * The table {@code agenda}: db-scheduler polls, picks and keeps it alive; asking and completing are ours, each one
 * statement, so that no moment lies between looking and acting. A row's {@code wanted} says that its key was asked for
 * while it ran. Every statement that ends a run names the row's version: db-scheduler counts it up with every pick, so
 * one that was given up for dead changes nothing any more.
 */
final class AgendaRows {
    static final String TASK = "run";

    private static final int LONGEST = 2_000;
    private static final String MINE = " where task_name = '" + TASK + "' and task_instance = :key";
    private static final String QUEUED =
            "picked = false, picked_by = null, last_heartbeat = null, wanted = null," + " version = version + 1, ";

    private final Jdbi jdbi;

    AgendaRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A key that is asked for at a time. */
    record Asked(String key, Instant at) {}

    /**
     * Queues each key for a time, or moves it there if it was queued for later, or marks it if it runs; all of them or none.
     */
    void ask(List<Asked> asked) {
        // In order of key, so that two replicas that ask for the same ones do not wait for each other in a ring.
        Map<String, Instant> earliest = new TreeMap<>();
        asked.forEach(one -> earliest.merge(one.key(), one.at(), (known, now) -> known.isBefore(now) ? known : now));
        while (true) {
            try {
                jdbi.useTransaction(handle -> earliest.forEach((key, at) -> ask(handle, key, at)));
                return;
            } catch (JdbiException e) {
                if (!alreadyThere(e)) {
                    throw e;
                }
            }
        }
    }

    /** Queues one key within a transaction, which fails where another inserts it at the same moment. */
    static void ask(Handle handle, String key, Instant at) {
        if (move(handle, key, at) == 0) {
            insert(handle, key, at);
        }
    }

    private static int move(Handle handle, String key, Instant at) {
        return handle.createUpdate("update agenda set execution_time ="
                        + " case when picked = false and execution_time > :at then :at else execution_time end,"
                        + " wanted = case when picked = true and (wanted is null or wanted > :at) then :at else wanted end"
                        + MINE)
                .bind("at", column(at))
                .bind("key", key)
                .execute();
    }

    /** What is ordered in a comment is queued once, whoever heard of it when: its key says that too. */
    private static void insert(Handle handle, String key, Instant at) {
        String same = RunKey.Command.common(key).orElse(key + "/");
        handle.createUpdate(
                        "insert into agenda (task_name, task_instance, execution_time, picked, consecutive_failures,"
                                + " version) select '" + TASK + "', cast(:key as varchar),"
                                + " cast(:at as timestamp(6) with time zone), false, 0, 1"
                                + " where not exists (select 1 from agenda where task_name = '" + TASK
                                + "' and task_instance >= :from and task_instance < :to)")
                .bind("at", column(at))
                .bind("from", same)
                .bind("to", same.substring(0, same.length() - 1) + "0") // which is what follows a slash
                .bind("key", key)
                .execute();
    }

    private static boolean alreadyThere(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && "23505".equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Whether another replica runs one of the keys. */
    boolean elsewhere(Set<String> keys, String replica) {
        return !keys.isEmpty()
                && jdbi.withHandle(handle -> handle.createQuery("select count(*) from agenda where task_name = '" + TASK
                                        + "' and task_instance in (<keys>) and picked = true and picked_by <> :replica")
                                .bindList("keys", List.copyOf(keys))
                                .bind("replica", replica)
                                .mapTo(Integer.class)
                                .one())
                        > 0;
    }

    /** Ends a run that is done; gives whether it was asked for meanwhile and is queued again. */
    boolean done(Execution run, Instant now) {
        int gone =
                update("delete from agenda" + MINE + " and version = :version and wanted is null", run, now, now, "");
        if (gone > 0) {
            return false;
        }
        return update(
                        "update agenda set execution_time = coalesce(wanted, :now), " + QUEUED
                                + "last_success = :now, consecutive_failures = 0, problem = null" + MINE
                                + " and version = :version",
                        run,
                        now,
                        now,
                        "")
                > 0;
    }

    /** Ends a run that goes on at a time, or earlier where it was asked for. */
    void again(Execution run, Instant at, Instant now) {
        update(
                "update agenda set execution_time = case when wanted < :at then wanted else :at end, " + QUEUED
                        + "last_success = :now, consecutive_failures = 0, problem = null" + MINE
                        + " and version = :version",
                run,
                at,
                now,
                "");
    }

    /** Ends a run that failed and is tried again at a time, or earlier where it was asked for. */
    void failed(Execution run, Instant at, Instant now, String problem) {
        update(
                "update agenda set execution_time = case when wanted < :at then wanted else :at end, " + QUEUED
                        + "last_failure = :now, consecutive_failures = coalesce(consecutive_failures, 0) + 1,"
                        + " problem = :problem" + MINE + " and version = :version",
                run,
                at,
                now,
                problem);
    }

    /** Queues a run again whose process is gone. */
    void revive(Execution run, Instant now) {
        update(
                "update agenda set " + QUEUED + "execution_time = :at" + MINE + " and version = :version",
                run,
                now,
                now,
                "");
    }

    /** Queues everything again that seems to run: right where no other process can have the database. */
    int reviveAll(Instant now) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                        "update agenda set " + QUEUED + "execution_time = :at where picked = true")
                .bind("at", column(now))
                .execute());
    }

    private int update(String sql, Execution run, Instant at, Instant now, String problem) {
        return jdbi.withHandle(handle -> handle.createUpdate(sql)
                .bind("key", run.taskInstance.getId())
                .bind("version", run.version)
                .bind("at", column(at))
                .bind("now", column(now))
                .bind("problem", problem.substring(0, Math.min(problem.length(), LONGEST)))
                .execute());
    }

    /** How much waits, runs and fails. */
    DbAgenda.Load load(Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select"
                                + " coalesce(sum(case when picked = false and execution_time <= :now then 1 else 0 end), 0) as due,"
                                + " coalesce(sum(case when picked = false and execution_time > :now then 1 else 0 end), 0) as later,"
                                + " coalesce(sum(case when picked = true then 1 else 0 end), 0) as going_on,"
                                + " coalesce(sum(case when consecutive_failures > 0 then 1 else 0 end), 0) as failing from agenda")
                .bind("now", column(now))
                .map((row, context) -> new DbAgenda.Load(
                        row.getInt("due"), row.getInt("later"), row.getInt("going_on"), row.getInt("failing")))
                .one());
    }

    /** Those that failed last time, the most stubborn first. */
    List<DbAgenda.Failing> failing(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from agenda where consecutive_failures > 0"
                        + " order by consecutive_failures desc, task_instance limit :limit")
                .bind("limit", limit)
                .map((row, context) -> failing(row))
                .list());
    }

    private static DbAgenda.Failing failing(ResultSet row) throws SQLException {
        String problem = row.getString("problem");
        return new DbAgenda.Failing(
                RunKey.parse(row.getString("task_instance")),
                row.getInt("consecutive_failures"),
                row.getObject("execution_time", OffsetDateTime.class).toInstant(),
                problem == null ? "" : problem);
    }

    private static Argument column(Instant time) {
        OffsetDateTime value = time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        return (position, statement, context) -> statement.setObject(position, value);
    }
}
