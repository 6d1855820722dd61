package dev.mergeway.reconciler.queue;

import dev.mergeway.reconciler.lifecycle.Backoff;
import dev.mergeway.reconciler.servers.Victim;
import dev.mergeway.reconciler.store.Database;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** A process that runs a key for ever, to be killed in the middle of it. */
final class KilledProcess {
    private KilledProcess() {}

    /** Starts it on the database, waits until its run has begun, kills it with SIGKILL. */
    static void runAndKill(String url) throws IOException, InterruptedException {
        if (Victim.killed(KilledProcess.class, url, "it runs", 1) == 0) {
            throw new AssertionError("the process ended before its run began");
        }
    }

    /** Its main. */
    public static void main(String[] arguments) throws InterruptedException {
        Database database = Database.open(arguments[0], "", "");
        DbAgenda agenda = new DbAgenda(
                database.dataSource(),
                database.exclusive(),
                new DbAgenda.Settings(
                        "victim",
                        2,
                        Duration.ofSeconds(1),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Backoff.RUNS),
                Instant::now);
        agenda.start(key -> {
            System.out.println("it runs");
            new CountDownLatch(1).await();
            return new RunResult.Done();
        });
        agenda.ask(AgendaContract.KEY);
        new CountDownLatch(1).await();
    }
}
