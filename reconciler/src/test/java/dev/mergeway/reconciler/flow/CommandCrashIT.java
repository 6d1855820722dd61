package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.queue.DbAgenda;
import dev.mergeway.reconciler.run.Order;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.servers.Victim;
import dev.mergeway.reconciler.store.Database;
import dev.mergeway.reconciler.store.JdbcDeliveries;
import dev.mergeway.reconciler.store.Postgres;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a delivery orders survives SIGKILL whenever the delivery does. */
class CommandCrashIT {
    @Test
    void onH2(@TempDir Path folder) throws Exception {
        check("jdbc:h2:file:" + folder.resolve("mergeway"));
    }

    @Test
    void onPostgres() throws Exception {
        check(Postgres.url("commands"));
    }

    private static void check(String url) throws Exception {
        int said = Victim.killed(CommandCrashIT.class, url, "stored ", 200);
        assertThat(said).isGreaterThanOrEqualTo(200);
        try (Database database = Database.open(url, "", "");
                JdbcDeliveries deliveries = new JdbcDeliveries(database, DbAgenda::ask)) {
            int kept = 0;
            while (!deliveries.store("corp", "id-" + kept, "comment", Instant.EPOCH, List.of())) {
                kept++;
            }
            DbAgenda agenda = new DbAgenda(
                    database.dataSource(), database.exclusive(), DbAgenda.Settings.of("heir", 1), Instant::now);
            assertThat(kept).isGreaterThanOrEqualTo(said);
            assertThat(agenda.load()).isEqualTo(new DbAgenda.Load(kept, 0, 0, 0));
        }
    }

    /** The main of the process that is killed: it stores deliveries with commands, and says after each that it is durable. */
    public static void main(String[] arguments) {
        Database database = Database.open(arguments[0], "", "");
        JdbcDeliveries deliveries = new JdbcDeliveries(database, DbAgenda::ask);
        for (int i = 0; i < 100_000; i++) {
            Order order = new Order(Order.Verb.PLAN, i + 1, Instant.EPOCH, "", "maria");
            deliveries.store(
                    "corp", "id-" + i, "comment", Instant.EPOCH, List.of(new RunKey.Command("shop", 7, order)));
            System.out.println("stored " + i);
        }
    }
}
