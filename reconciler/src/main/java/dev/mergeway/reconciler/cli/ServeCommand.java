package dev.mergeway.reconciler.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mergeway serve}. */
@Command(
        name = "serve",
        description = "Runs the service until SIGTERM, then drains.",
        footer = {"", "Exit codes: 0 stopped as asked, 1 cannot start (says why)."},
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "Configuration of the service (kind: Server).")
    Path config = Path.of("");

    private final Serving serving;

    /** A command that has the service run. */
    public ServeCommand(Serving serving) {
        this.serving = serving;
    }

    @Override
    public Integer call() throws InterruptedException {
        return serving.serve(config);
    }

    /** Runs the service; its wiring is elsewhere. */
    @FunctionalInterface
    public interface Serving {
        /** Serves until the process is asked to stop; returns the exit code. */
        int serve(Path config) throws InterruptedException;
    }
}
