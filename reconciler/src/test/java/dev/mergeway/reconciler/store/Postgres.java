package dev.mergeway.reconciler.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** One real PostgreSQL for all tests of this process; it ends with it. */
public final class Postgres {
    private static @Nullable EmbeddedPostgres server;

    private Postgres() {}

    /** JDBC URL of a new, empty database; the test is skipped where no server can be started. */
    public static synchronized String url(String name) {
        try {
            EmbeddedPostgres running =
                    server == null ? EmbeddedPostgres.builder().start() : server;
            server = running;
            try (var connection = running.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name);
            }
            return running.getJdbcUrl("postgres", name);
        } catch (IOException | IllegalStateException e) {
            return Assumptions.abort("No embedded PostgreSQL can be started here: " + e.getMessage());
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }
}
