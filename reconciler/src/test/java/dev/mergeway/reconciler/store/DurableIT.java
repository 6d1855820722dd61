package dev.mergeway.reconciler.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.run.RunRecord;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journal said was written survives SIGKILL. */
class DurableIT {
    @Test
    void onH2(@TempDir Path folder) throws Exception {
        check("jdbc:h2:file:" + folder.resolve("mergeway"));
    }

    @Test
    void onPostgres() throws Exception {
        check(Postgres.url("durable"));
    }

    private static void check(String url) throws Exception {
        int said = KilledWriter.writeAndKill(url, 300);
        assertThat(said).isGreaterThanOrEqualTo(300);
        try (Database database = Database.open(url, "", "")) {
            JdbcJournal journal = new JdbcJournal(database, new Changes(), () -> Samples.NOON);
            assertThat(journal.unfinished().stream().map(RunRecord::id)).containsExactly("r");
            RunRecord run = new JdbcLedger(database, new Changes()).run("r").orElseThrow();
            assertThat(run.steps()).hasSizeGreaterThanOrEqualTo(said);
            for (int i = 0; i < said; i++) {
                assertThat(run.steps().get(i).resource()).endsWith("/k" + i);
            }
        }
    }
}
