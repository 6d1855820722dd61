package dev.mergeway.reconciler.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import dev.mergeway.reconciler.run.ResourceState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** An environment of thousands of which one is not well is asked about each time that anything in it moves. */
    @ParameterizedTest
    @ValueSource(strings = {"Degraded", "OutOfSync", "Unknown", "Missing"})
    void whatIsNotWellIsFoundWithoutReadingTheRest(String status) {
        List<ResourceState> states = new ArrayList<>();
        for (int number = 0; number < 1_000; number++) {
            states.add(Samples.resource("shop-dev", "well-" + number));
        }
        states.add(Samples.resource(
                "shop-dev",
                Samples.key("cart"),
                Sync.OUT_OF_SYNC,
                new HealthState(HealthState.Status.DEGRADED, "image not found")));
        ledger().save("shop-dev", states, List.of());
        Ledger.Filter filter = new Ledger.Filter("shop-dev", "", status);
        String plan = database.jdbi()
                .withHandle(handle -> ResourceRows.query(handle, "explain analyze ", filter, "", 500)
                        .mapTo(String.class)
                        .one());
        long read = Pattern.compile("scanCount: (\\d+)")
                .matcher(plan)
                .results()
                .mapToLong(count -> Long.parseLong(count.group(1)))
                .sum();
        assertThat(read).as(plan).isBetween(1L, 6L);
    }

    @Override
    Database database() {
        return database;
    }
}
