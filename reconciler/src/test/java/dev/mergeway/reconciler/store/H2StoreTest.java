package dev.mergeway.reconciler.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class H2StoreTest extends JdbcContract {
    private Database database;

    @BeforeAll
    void open(@TempDir Path folder) {
        database = Database.open("jdbc:h2:file:" + folder.resolve("mergeway"), "", "");
    }

    @BeforeEach
    void empty() {
        empty(database);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Override
    Database database() {
        return database;
    }
}
