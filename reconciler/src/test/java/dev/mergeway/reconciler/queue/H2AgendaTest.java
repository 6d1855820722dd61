package dev.mergeway.reconciler.queue;

import dev.mergeway.reconciler.store.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class H2AgendaTest extends AgendaContract {
    private Database database;

    @BeforeAll
    void open(@TempDir Path folder) {
        database = Database.open("jdbc:h2:file:" + folder.resolve("mergeway"), "", "");
    }

    @AfterAll
    void closeDatabase() {
        database.close();
    }

    @Override
    Database database() {
        return database;
    }
}
