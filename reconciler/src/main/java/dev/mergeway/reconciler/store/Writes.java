package dev.mergeway.reconciler.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes that two may try at once. Neither MERGE nor ON CONFLICT means the same on both databases, so: update, else insert. */
final class Writes {
    private static final int ATTEMPTS = 5;

    /** Somebody else inserted first; a deadlock; a serialisation failure. Trying again is all that is needed. */
    private static final Set<String> PASSING = Set.of("23505", "40P01", "40001");

    private Writes() {}

    /** Something that is done within one transaction. */
    @FunctionalInterface
    interface Work {
        /** Does it. */
        void in(Handle handle);
    }

    /** Does the work in one transaction, again where it lost a race. */
    static void transaction(Jdbi jdbi, Work work) {
        for (int attempt = 1; ; attempt++) {
            try {
                jdbi.useTransaction(work::in);
                return;
            } catch (JdbiException e) {
                if (attempt == ATTEMPTS || !passing(e)) {
                    throw e;
                }
            }
        }
    }

    /** Whether a failure is of a race that was lost. */
    static boolean passing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null && PASSING.contains(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Updates the rows that are there and inserts those that are not.
     *
     * @param keys columns of the primary key
     * @param rows column to value, each row with the same columns
     */
    static void upsert(Handle handle, String table, List<String> keys, List<Map<String, ?>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<String> columns = List.copyOf(new TreeSet<>(rows.getFirst().keySet()));
        int[] updated = batch(handle, update(table, keys, columns), rows);
        List<Map<String, ?>> missing = new ArrayList<>();
        for (int i = 0; i < updated.length; i++) {
            if (updated[i] == 0) {
                missing.add(rows.get(i));
            }
        }
        batch(handle, insert(table, columns), missing);
    }

    private static int[] batch(Handle handle, String sql, List<Map<String, ?>> rows) {
        if (rows.isEmpty()) {
            return new int[0];
        }
        try (PreparedBatch batch = handle.prepareBatch(sql)) {
            rows.forEach(row -> batch.bindMap(row).add());
            return batch.execute();
        }
    }

    private static String update(String table, List<String> keys, List<String> columns) {
        String values = columns.stream()
                .filter(column -> !keys.contains(column))
                .map(column -> column + " = :" + column)
                .collect(Collectors.joining(", "));
        String row = keys.stream().map(key -> key + " = :" + key).collect(Collectors.joining(" and "));
        return "update " + table + " set " + values + " where " + row;
    }

    private static String insert(String table, List<String> columns) {
        return "insert into " + table + " (" + String.join(", ", columns) + ") values (:" + String.join(", :", columns)
                + ")";
    }
}
