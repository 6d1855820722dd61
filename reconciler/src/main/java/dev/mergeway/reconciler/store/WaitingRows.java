package dev.mergeway.reconciler.store;

import dev.mergeway.reconciler.run.PullKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The table {@code waiting}. */
final class WaitingRows {
    private WaitingRows() {}

    static List<PullKey> of(Handle handle, String environment) {
        return handle.createQuery("select repository, number from waiting where environment = :environment"
                        + " order by repository, number")
                .bind("environment", environment)
                .map((row, context) -> new PullKey(row.getString("repository"), row.getInt("number")))
                .list();
    }

    /** Writes what differs: a hold that goes on the same costs one read. */
    static void save(Handle handle, String environment, Set<PullKey> pulls) {
        Set<PullKey> gone = new HashSet<>(of(handle, environment));
        Set<PullKey> come = new HashSet<>(pulls);
        come.removeAll(gone);
        gone.removeAll(pulls);
        gone.forEach(pull -> change(
                handle,
                "delete from waiting where environment = :environment and repository = :repository and number = :number",
                environment,
                pull));
        come.forEach(pull -> change(
                handle,
                "insert into waiting (environment, repository, number) values (:environment, :repository, :number)",
                environment,
                pull));
    }

    private static void change(Handle handle, String statement, String environment, PullKey pull) {
        handle.createUpdate(statement)
                .bind("environment", environment)
                .bind("repository", pull.repository())
                .bind("number", pull.number())
                .execute();
    }

    /** Those that are open and blocked, and those that a release waits with. */
    static List<Integer> awaited(Handle handle, String repository, int after, int limit) {
        return handle.createQuery("select number from pulls where repository = :repository and verdict = 'blocked'"
                        + " and state = 'open' and number > :after"
                        + " union select number from waiting where repository = :repository and number > :after"
                        + " order by number limit :limit")
                .bind("repository", repository)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(Integer.class)
                .list();
    }
}
