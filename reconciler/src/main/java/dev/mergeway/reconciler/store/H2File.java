package dev.mergeway.reconciler.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.tx.Transaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of an H2 database that may have been damaged. */
final class H2File {
    private static final Logger LOG = LoggerFactory.getLogger(H2File.class);
    private static final String PREFIX = "jdbc:h2:";

    /** What H2 answers for a file that it cannot read as a database; a locked file or a wrong password is none of them. */
    private static final Set<Integer> CORRUPT = Set.of(
            ErrorCode.FILE_CORRUPTED_1,
            ErrorCode.FILE_VERSION_ERROR_1,
            ErrorCode.GENERAL_ERROR_1,
            ErrorCode.ERROR_OPENING_DATABASE_1);

    private H2File() {}

    /** Reads from every table, so that a damaged page shows now and not in the middle of a run; gives how many there are. */
    static int look(Connection connection) throws SQLException {
        if (leftover(connection)) {
            throw new SQLException(
                    "a transaction was cut off in the middle of its commit", "90030", ErrorCode.FILE_CORRUPTED_1);
        }
        int count = 0;
        try (var statement = connection.createStatement();
                var tables = statement.executeQuery(
                        "select table_name from information_schema.tables where table_schema = 'PUBLIC'")) {
            while (tables.next()) {
                String table = tables.getString(1).replace("\"", "\"\"");
                try (var scan = connection.createStatement();
                        var row = scan.executeQuery("select * from \"" + table + "\" limit 1")) {
                    row.next();
                }
                count++;
            }
        }
        return count;
    }

    /**
     * Whether a process that was killed left a transaction that H2 counts as committed and never ends: what it wrote stays
     * locked. H2 itself ends all others when it opens the file.
     */
    private static boolean leftover(Connection connection) throws SQLException {
        SessionLocal session =
                (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        return session.getDatabase().getStore().getTransactionStore().getOpenTransactions().stream()
                .anyMatch(transaction -> transaction.getStatus() == Transaction.STATUS_COMMITTED);
    }

    /** Shuts the database down by the statement given; afterwards its file is free. */
    static void shutDown(Connection connection, String how) {
        try (connection;
                var statement = connection.createStatement()) {
            statement.execute(how);
        } catch (SQLException e) {
            // The connection that shut it down cannot be closed any more, which is no trouble.
            if (e.getErrorCode() != ErrorCode.DATABASE_CALLED_AT_SHUTDOWN
                    && e.getErrorCode() != ErrorCode.DATABASE_IS_CLOSED) {
                LOG.warn("H2 was not shut down cleanly; it recovers when it is opened next: {}", e.getMessage());
            }
        }
    }

    /** Whether there is a file already. */
    static boolean exists(String url) {
        Path file = file(url);
        return file != null && Files.exists(file);
    }

    /** The file that H2 makes of the URL, null where the database is not in a file. */
    private static @Nullable Path file(String url) {
        String name = url.substring(PREFIX.length()).split(";", 2)[0];
        if (name.toLowerCase(Locale.ROOT).startsWith("mem:")) {
            return null;
        }
        name = name.startsWith("file:") ? name.substring("file:".length()) : name;
        Path home = Path.of(System.getProperty("user.home", "."));
        return Path.of((name.startsWith("~/") ? home.resolve(name.substring(2)) : Path.of(name)) + ".mv.db");
    }

    /** Whether a failure says that the file is no (whole) database. */
    static boolean corrupt(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MVStoreException
                    || (cause instanceof SQLException sql && CORRUPT.contains(sql.getErrorCode()))) {
                return !locked(failure);
            }
        }
        return false;
    }

    private static boolean locked(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1
                    || cause instanceof MVStoreException store && store.getErrorCode() == 7) {
                return true;
            }
        }
        return false;
    }

    /** Renames the file, keeping it for whoever wants to look; false where there is no file to rename. */
    static boolean moveAside(String url, Throwable failure) {
        Path file = file(url);
        if (file == null) {
            return false;
        }
        Path aside = freeName(file);
        try {
            Files.move(file, aside);
        } catch (IOException e) {
            LOG.error("The database file {} is corrupt and cannot be moved aside: {}", file, e.getMessage());
            return false;
        }
        LOG.warn(
                "The database file {} is corrupt ({}). It was moved to {}; starting with an empty one. History is lost,"
                        + " nothing else: everything is found again by looking.",
                file,
                String.valueOf(failure.getMessage()).lines().findFirst().orElse(""),
                aside);
        return true;
    }

    private static Path freeName(Path file) {
        int number = 1;
        Path aside = file.resolveSibling(file.getFileName() + ".corrupt");
        while (Files.exists(aside)) {
            number++;
            aside = file.resolveSibling(file.getFileName() + ".corrupt-" + number);
        }
        return aside;
    }
}
