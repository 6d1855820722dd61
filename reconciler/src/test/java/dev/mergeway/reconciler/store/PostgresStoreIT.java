package dev.mergeway.reconciler.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresStoreIT extends JdbcContract {
    private Database database;

    @BeforeAll
    void open() {
        database = Database.open(Postgres.url("store"), "", "");
    }

    @BeforeEach
    void empty() {
        empty(database);
    }

    @AfterAll
    void close() {
        if (database != null) {
            database.close();
        }
    }

    @Override
    Database database() {
        return database;
    }
}
