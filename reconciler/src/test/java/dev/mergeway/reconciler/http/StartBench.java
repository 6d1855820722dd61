package dev.mergeway.reconciler.http;

import dev.mergeway.reconciler.queue.DbAgenda;
import dev.mergeway.reconciler.queue.RunResult;
import dev.mergeway.reconciler.store.Database;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;

/** How long the store, the queue and the server take from the start of the process; run by hand. */
final class StartBench {
    private StartBench() {}

    /** Its only argument is the folder of the database. */
    public static void main(String[] arguments) throws Exception {
        long jvm = ManagementFactory.getRuntimeMXBean().getStartTime();
        say("main", jvm);
        try (Database database =
                Database.open("jdbc:h2:file:" + Path.of(arguments[0]).resolve("db"), "", "")) {
            say("database open", jvm);
            try (DbAgenda agenda =
                    new DbAgenda(database.dataSource(), true, DbAgenda.Settings.of("one", 16), Instant::now)) {
                agenda.start(key -> new RunResult.Done());
                say("queue started", jvm);
                try (Served served = new Served()) {
                    say("server listens", jvm);
                    served.get("/readyz");
                    say("ready", jvm);
                    served.get("/");
                    say("first page", jvm);
                }
            }
        }
        say("closed", jvm);
    }

    private static void say(String what, long since) {
        System.out.println(what + ": " + (System.currentTimeMillis() - since) + " ms");
    }
}
