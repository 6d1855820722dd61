package dev.mergeway.reconciler.queue;

import dev.mergeway.reconciler.store.Database;
import dev.mergeway.reconciler.store.Postgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresAgendaIT extends AgendaContract {
    private Database database;

    @BeforeAll
    void open() {
        database = Database.open(Postgres.url("agenda"), "", "");
    }

    @AfterAll
    void closeDatabase() {
        if (database != null) {
            database.close();
        }
    }

    @Override
    Database database() {
        return database;
    }
}
