package dev.mergeway.reconciler.store;

import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.servers.Victim;
import java.io.IOException;

/** A process that writes intents and says after each that it is durable, to be killed in the middle of it. */
final class KilledWriter {
    private KilledWriter() {}

    /** Runs it on the database, kills it with SIGKILL once it said so many were durable, and gives how many it said. */
    static int writeAndKill(String url, int many) throws IOException, InterruptedException {
        return Victim.killed(KilledWriter.class, url, "durable ", many);
    }

    /** Its main. */
    public static void main(String[] arguments) {
        Database database = Database.open(arguments[0], "", "");
        JdbcJournal journal = new JdbcJournal(database, new Changes(), () -> Samples.NOON);
        journal.begin(Samples.run("r", "e", null));
        for (int i = 0; i < 100_000; i++) {
            journal.intend("r", Action.CREATE, Samples.key("k" + i));
            System.out.println("durable " + i);
        }
    }
}
