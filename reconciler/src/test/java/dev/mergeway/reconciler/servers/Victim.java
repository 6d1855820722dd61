package dev.mergeway.reconciler.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that says line by line what it has done, to be killed in the middle of it. */
public final class Victim {
    private Victim() {}

    /**
     * Runs a class with the class path of the tests, and kills it with SIGKILL once it said so many lines of a kind.
     *
     * @param main the class with its main
     * @param argument what its main gets
     * @param line how the lines that count begin
     * @param many after how many it is killed
     * @return how many it said in all, the last ones while it was being killed; fewer where it ended by itself
     */
    public static int killed(Class<?> main, String argument, String line, int many)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        main.getName(),
                        argument)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int said = 0;
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String read = lines.readLine(); read != null; read = lines.readLine()) {
                said += read.startsWith(line) ? 1 : 0;
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
}
