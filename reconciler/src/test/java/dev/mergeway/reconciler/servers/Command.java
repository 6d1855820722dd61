package dev.mergeway.reconciler.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs that tests run beside them. */
public final class Command {
    private static final int LONGEST_SECONDS = 240;

    private Command() {}

    /**
     * Runs it to its end; its output goes through files, so that what it leaves running holds nobody up.
     *
     * @param input what it reads
     * @return what it printed
     * @throws IllegalStateException with all that it said, if it failed or took over four minutes
     */
    public static String run(List<String> command, String input) {
        try {
            Path out = Files.createTempFile("mergeway", ".out");
            Path err = Files.createTempFile("mergeway", ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                process.outputWriter().append(input).close();
                if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    process.destroyForcibly();
                    throw new IllegalStateException(
                            String.join(" ", command) + ": " + Files.readString(err) + Files.readString(out));
                }
                return Files.readString(out);
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether a program of that name is on the path. */
    public static boolean onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** An executable file of the checkout, found from any folder within. */
    public static Optional<Path> ofCheckout(String file) {
        for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
            if (Files.isExecutable(here.resolve(file))) {
                return Optional.of(here.resolve(file));
            }
        }
        return Optional.empty();
    }
}
