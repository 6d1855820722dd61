package dev.mergeway.reconciler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.lifecycle.Backoff;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.reconciler.store.Database;
import dev.mergeway.reconciler.store.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashIT {
    @Test
    void anotherReplicaPicksUpTheRunOfAKilledOne() throws Exception {
        String url = Postgres.url("crash");
        try (Database database = Database.open(url, "", "")) {
            KilledProcess.runAndKill(url);
            assertThat(runOf(database)).isEqualTo(AgendaContract.KEY);
        }
    }

    @Test
    void onH2TheRunOfAKilledProcessBeginsAgainAtTheNextStart(@TempDir Path folder) throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("mergeway");
        KilledProcess.runAndKill(url);
        try (Database database = Database.open(url, "", "")) {
            long begin = System.nanoTime();
            assertThat(runOf(database)).isEqualTo(AgendaContract.KEY);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        }
    }

    private static RunKey runOf(Database database) throws InterruptedException {
        BlockingQueue<RunKey> runs = new ArrayBlockingQueue<>(10);
        DbAgenda.Settings settings = new DbAgenda.Settings(
                "heir", 2, Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofSeconds(1), Backoff.RUNS);
        try (DbAgenda agenda = new DbAgenda(database.dataSource(), database.exclusive(), settings, Instant::now)) {
            agenda.start(key -> {
                runs.add(key);
                return new RunResult.Done();
            });
            RunKey run = runs.poll(30, TimeUnit.SECONDS);
            assertThat(run).isNotNull();
            return run;
        }
    }
}
