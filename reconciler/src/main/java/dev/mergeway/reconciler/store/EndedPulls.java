package dev.mergeway.reconciler.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Forgets pull requests that ended, and who approved them. One that a held release waits with stays: its approvals still
 * count.
 */
final class EndedPulls {
    /** Each may hold megabytes. */
    private static final int BATCH = 100;

    private final Jdbi jdbi;

    EndedPulls(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Notes which are not open any more now, and forgets those of which that was noted before a time.
     *
     * @return how many were forgotten
     */
    int prune(Instant now, Instant before) {
        Writes.transaction(jdbi, handle -> {
            handle.execute("update pulls set closed = null where closed is not null and state = 'open'");
            handle.createUpdate("update pulls set closed = :now where closed is null and state <> 'open'")
                    .bind("now", Columns.column(now))
                    .execute();
        });
        int total = 0;
        int batch;
        do {
            batch = jdbi.inTransaction(handle -> forget(handle, before));
            total += batch;
        } while (batch == BATCH);
        return total;
    }

    private static int forget(Handle handle, Instant before) {
        List<Map<String, Object>> ended = handle.createQuery("select repository, number from pulls"
                        + " where closed < :before and state <> 'open' and not exists (select 1 from waiting"
                        + " where waiting.repository = pulls.repository and waiting.number = pulls.number)"
                        + " order by closed limit :limit")
                .bind("before", Columns.column(before))
                .bind("limit", BATCH)
                .mapToMap()
                .list();
        for (String table : List.of("approvals", "pulls")) {
            try (var batch = handle.prepareBatch(
                    "delete from " + table + " where repository = :repository and number = :number")) {
                ended.forEach(row -> batch.bindMap(row).add());
                if (!ended.isEmpty()) {
                    batch.execute();
                }
            }
        }
        return ended.size();
    }
}
