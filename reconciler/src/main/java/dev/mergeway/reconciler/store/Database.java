package dev.mergeway.reconciler.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database, open and with its schema in place: H2 in a file (or in memory), or PostgreSQL. It is memory, not truth:
 * a lost file starts empty, and a corrupt one is moved aside.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int CONNECTIONS = 12;

    /**
     * H2 writes its file when a transaction commits, with all that others have done by then. One of them that was in the
     * middle of its commit is not finished by the next start after a kill (seen with 2.5.252: its rows stay locked for
     * ever). Within one process a second connection gains little, so that there is one at a time.
     */
    private static final int H2_CONNECTIONS = 1;

    private static final long CONNECT_MILLIS = 30_000;
    private static final int ANSWER_SECONDS = 2;

    /**
     * What H2 is told beyond what the URL says. WRITE_DELAY=0: what is committed survives a kill of the process, where
     * H2 would otherwise keep it in memory for half a second. CACHE_SIZE: 16 MiB, not a share of the machine. DB_CLOSE_ON_EXIT: the drain closes it, not a hook. TIME ZONE: an
     * instant that db-scheduler hands over passes through local time, which one hour of the year is ambiguous.
     */
    private static final String H2_SETTINGS =
            ";WRITE_DELAY=0;CACHE_SIZE=16384;LOCK_TIMEOUT=10000;DB_CLOSE_ON_EXIT=FALSE;TIME ZONE=UTC";

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final @Nullable Connection keeper;

    private Database(HikariDataSource pool, @Nullable Connection keeper) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        this.keeper = keeper;
    }

    /**
     * Opens it and brings its schema up to date.
     *
     * @param url {@code jdbc:h2:…} or {@code jdbc:postgresql:…}; a relative H2 path is relative to the working folder
     * @param user its user, "" where the URL says it or none is needed
     * @param password the password, "" as above
     * @throws StoreException if it cannot be used; the message says why and what to do
     */
    public static Database open(String url, String user, String password) {
        boolean h2 = url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:");
        if (!h2 && !url.toLowerCase(Locale.ROOT).startsWith("jdbc:postgresql:")) {
            throw new StoreException(
                    "database.url must begin with jdbc:h2: or jdbc:postgresql:, not with "
                            + url.substring(0, Math.min(url.length(), 20)),
                    null);
        }
        if (url.matches("[^?]*//[^/]*@.*")) {
            throw new StoreException(
                    "database.url must not hold user and password; write them in user and password.", null);
        }
        return h2 ? openH2(url + H2_SETTINGS, user, password) : connect(url, user, password, null);
    }

    private static Database openH2(String url, String user, String password) {
        try {
            return openOnce(url, user, password);
        } catch (SQLException | StoreException failure) {
            if (!H2File.corrupt(failure) || !H2File.moveAside(url, failure)) {
                throw failure instanceof StoreException known ? known : unusable(url, failure);
            }
        }
        try {
            return openOnce(url, user, password);
        } catch (SQLException failure) {
            throw unusable(url, failure);
        }
    }

    /**
     * A connection of our own comes first and stays: the pool hides the error code by which a corrupt file is told, and
     * may open a database again that is being shut down.
     */
    private static Database openOnce(String url, String user, String password) throws SQLException {
        boolean there = H2File.exists(url);
        Connection keeper = DriverManager.getConnection(resilient(url), user, password);
        try {
            if (H2File.look(keeper) == 0 && there) {
                LOG.warn("Nothing in the database file of {} is whole; starting with an empty one.", withoutQuery(url));
            }
            return connect(url, user, password, keeper);
        } catch (SQLException | StoreException e) {
            // Else H2 keeps the file open within this process, and the next try meets the old one.
            H2File.shutDown(keeper, "SHUTDOWN IMMEDIATELY");
            throw e;
        }
    }

    private static Database connect(String url, String user, String password, @Nullable Connection keeper) {
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(poolOf(url, user, password, keeper != null));
        } catch (HikariPool.PoolInitializationException e) {
            throw unusable(url, e);
        }
        Database database = new Database(pool, keeper);
        try {
            Schema.apply(database.jdbi, database.exclusive());
            return database;
        } catch (RuntimeException e) {
            pool.close();
            throw e instanceof StoreException known ? known : unusable(url, e);
        }
    }

    /**
     * The same file through H2's layer that opens it again: interrupting a thread in the middle of a read closes the file
     * for everybody otherwise (a file channel's rule), and a drain interrupts runs that do not end.
     */
    private static String resilient(String url) {
        return url.replaceFirst("^(?i)jdbc:h2:file:", "jdbc:h2:retry:");
    }

    private static HikariConfig poolOf(String url, String user, String password, boolean h2) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("mergeway");
        config.setJdbcUrl(resilient(url));
        if (!user.isEmpty()) {
            config.setUsername(user);
            config.setPassword(password);
        }
        config.setMaximumPoolSize(h2 ? H2_CONNECTIONS : CONNECTIONS);
        config.setMinimumIdle(h2 ? H2_CONNECTIONS : 2);
        config.setConnectionTimeout(CONNECT_MILLIS);
        return config;
    }

    private static StoreException unusable(String url, Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new StoreException(
                "The database " + withoutQuery(url) + " cannot be opened: " + root.getMessage()
                        + ". Check database.url, user and password, and that nothing else uses it.",
                failure);
    }

    /** The URL without what may hold a password. */
    private static String withoutQuery(String url) {
        return url.split("[;?]", 2)[0];
    }

    /** For db-scheduler. */
    public DataSource dataSource() {
        return pool;
    }

    /** For the tables of this package and for the queue's own statements. */
    public Jdbi jdbi() {
        return jdbi;
    }

    /** Whether it is H2, which one process has for itself. */
    public boolean exclusive() {
        return keeper != null;
    }

    /** Whether it answers now; waits at most two seconds for the answer, though the pool waits longer for a connection. */
    public boolean reachable() {
        FutureTask<Boolean> answer = new FutureTask<>(this::answers);
        Thread.ofVirtual().name("database-check").start(answer);
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            LOG.warn("The database does not answer: {}", String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            LOG.warn("The database does not answer within {} seconds.", ANSWER_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            answer.cancel(true);
        }
        return false;
    }

    private boolean answers() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return connection.isValid(ANSWER_SECONDS);
        }
    }

    @Override
    public void close() {
        pool.close();
        if (keeper != null) {
            H2File.shutDown(keeper, "SHUTDOWN");
        }
    }
}
