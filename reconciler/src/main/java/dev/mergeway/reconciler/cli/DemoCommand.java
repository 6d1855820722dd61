package dev.mergeway.reconciler.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mergeway demo}. */
@Command(
        name = "demo",
        description =
                "Starts everything with embedded defaults: Git repositories on disk, a folder as the live system, H2.",
        footer = {
            "",
            "Exit codes: 0 it went as told, 1 it did not.",
            "No cluster, no cloud account and no forge account is needed."
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port of the pages; 0 for any free one. Default: ${DEFAULT-VALUE}.")
    int port = 8080;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Folder for all of it; what is there already is gone on with. Default: mergeway-demo, or with --script a new temporary one.")
    @Nullable
    Path dir;

    @Option(names = "--script", description = "Plays the whole story by itself, telling each step, and exits.")
    boolean script;

    private final Playing playing;

    /** A command that has the demo played. */
    public DemoCommand(Playing playing) {
        this.playing = playing;
    }

    @Override
    public Integer call() throws InterruptedException {
        return playing.play(port, dir, script);
    }

    /** Plays the demo; its wiring is elsewhere. */
    @FunctionalInterface
    public interface Playing {
        /** Plays; returns the exit code. */
        int play(int port, @Nullable Path dir, boolean script) throws InterruptedException;
    }
}
