package dev.mergeway.reconciler.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Brings the tables to what this version needs: {@code V1.sql}, {@code V2.sql}, … each once, in order. A few lines of
 * our own: the whole need is an ordered list of scripts under a lock, and start-up has two seconds for everything.
 */
final class Schema {
    /** The newest version that this program knows. */
    static final int VERSION = 4;

    /** Any number, the same in every replica: the advisory lock that one of them holds while it changes tables. */
    private static final long LOCK = 0x6d65726765776179L;

    /** H2 belongs to one process, so this is all the lock it needs. */
    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private Schema() {}

    /** Applies what is missing, alone. */
    static void apply(Jdbi jdbi, boolean h2) {
        apply(jdbi, h2, VERSION);
    }

    /** The same up to a version. */
    static void apply(Jdbi jdbi, boolean h2, int version) {
        IN_PROCESS.lock();
        try {
            jdbi.useTransaction(handle -> {
                if (!h2) {
                    handle.execute("select pg_advisory_xact_lock(" + LOCK + ")");
                }
                bring(handle, h2 ? "varchar" : "varchar collate \"C\"", version);
            });
        } finally {
            IN_PROCESS.unlock();
        }
    }

    private static void bring(Handle handle, String key, int upTo) {
        handle.execute("create table if not exists schema_version (version integer not null primary key)");
        int have = handle.createQuery("select coalesce(max(version), 0) from schema_version")
                .mapTo(Integer.class)
                .one();
        if (have > VERSION) {
            throw new StoreException(
                    "The database has schema version " + have + " and this Mergeway knows only " + VERSION
                            + ": start the newer Mergeway, or give this one an empty database (only history is lost).",
                    null);
        }
        for (int version = have + 1; version <= upTo; version++) {
            for (String statement : text(version).replace("${key}", key).split(";\\s*\\n")) {
                if (!statement.isBlank()) {
                    handle.execute(statement);
                }
            }
            handle.execute("insert into schema_version (version) values (" + version + ")");
        }
    }

    private static String text(int version) {
        try (InputStream in = Schema.class.getResourceAsStream("V" + version + ".sql")) {
            if (in == null) {
                throw new StoreException("The program is incomplete: V" + version + ".sql is missing.", null);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StoreException("The program's V" + version + ".sql cannot be read.", e);
        }
    }
}
