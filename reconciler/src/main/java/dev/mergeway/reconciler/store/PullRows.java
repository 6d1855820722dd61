package dev.mergeway.reconciler.store;

import dev.mergeway.reconciler.port.Ledger.Page;
import dev.mergeway.reconciler.run.PullState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code pulls}. */
final class PullRows {
    /** A comment never comes near it; a plan of 10,000 resources does not either. */
    private static final int MOST = 50_000_000;

    private PullRows() {}

    static Optional<PullState> one(Handle handle, String repository, int number) {
        return handle.createQuery("select * from pulls where repository = :repository and number = :number")
                .bind("repository", repository)
                .bind("number", number)
                .map(PullRows::read)
                .findOne();
    }

    /** Open ones. The two conditions on the repository say the same twice: the first is the one that an index serves. */
    static Page<PullState> page(Handle handle, String after, int limit) {
        int slash = after.lastIndexOf('/');
        String repository = slash < 0 ? "" : after.substring(0, slash);
        int number = slash < 0 ? -1 : Integer.parseInt(after, slash + 1, after.length(), 10);
        return handle.createQuery(
                        "select * from pulls where state = 'open' and repository >= :repository"
                                + " and (repository > :repository or number > :number) order by repository, number limit :limit")
                .bind("repository", repository)
                .bind("number", number)
                .bind("limit", limit + 1)
                .setFetchSize(20)
                .map(PullRows::read)
                .withIterator(rows -> Cursor.page(
                        rows,
                        limit,
                        state -> state.repository() + "/" + state.number(),
                        state -> state.comment().length() + state.plan().length()));
    }

    /** Once for each user. Of two at the same moment one meets the primary key, tries again, and finds it there. */
    static void approve(Handle handle, String repository, int number, String hash, String user) {
        if (approvals(handle, repository, number, hash).contains(user)) {
            return;
        }
        handle.createUpdate("insert into approvals (repository, number, hash, approver)"
                        + " values (:repository, :number, :hash, :approver)")
                .bind("repository", repository)
                .bind("number", number)
                .bind("hash", hash)
                .bind("approver", user)
                .execute();
    }

    static List<String> approvals(Handle handle, String repository, int number, String hash) {
        return handle.createQuery(
                        "select approver from approvals"
                                + " where repository = :repository and number = :number and hash = :hash order by approver limit 100")
                .bind("repository", repository)
                .bind("number", number)
                .bind("hash", hash)
                .mapTo(String.class)
                .list();
    }

    static void save(Handle handle, PullState state) {
        Writes.upsert(handle, "pulls", List.of("repository", "number"), List.of(columns(state)));
    }

    /** The state as it comes back: texts as the columns keep them. */
    static PullState kept(PullState state) {
        return new PullState(
                state.repository(),
                state.number(),
                Columns.line(state.title()),
                Columns.line(state.branch()),
                state.head(),
                Columns.line(state.author()),
                state.state(),
                Columns.line(state.url()),
                state.verdict(),
                state.hash(),
                Columns.fit(state.comment(), MOST),
                Columns.fit(state.plan(), MOST));
    }

    private static Map<String, Object> columns(PullState state) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("repository", state.repository());
        columns.put("number", state.number());
        columns.put("title", state.title());
        columns.put("branch", state.branch());
        columns.put("head", state.head());
        columns.put("author", state.author());
        columns.put("state", state.state());
        columns.put("url", state.url());
        columns.put("verdict", state.verdict());
        columns.put("hash", state.hash());
        columns.put("comment", state.comment());
        columns.put("plan", state.plan());
        return columns;
    }

    private static PullState read(ResultSet row, StatementContext context) throws SQLException {
        return new PullState(
                row.getString("repository"),
                row.getInt("number"),
                row.getString("title"),
                row.getString("branch"),
                row.getString("head"),
                row.getString("author"),
                row.getString("state"),
                row.getString("url"),
                row.getString("verdict"),
                row.getString("hash"),
                row.getString("comment"),
                row.getString("plan"));
    }
}
