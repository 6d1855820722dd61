package dev.mergeway.reconciler.store;

import dev.mergeway.reconciler.resource.Action;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that writes intents and says after each that it is durable, to be killed in the middle of it. */
final class KilledWriter {
    private KilledWriter() {}

    /** Runs it on the database, kills it with SIGKILL once it said so many were durable, and gives how many it said. */
    static int writeAndKill(String url, int many) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledWriter.class.getName(),
                        url)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int said = 0;
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said += line.startsWith("durable ") ? 1 : 0;
                if (said == many) {
                    // Of the process itself it would close the stream that still holds what was said.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return said;
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
