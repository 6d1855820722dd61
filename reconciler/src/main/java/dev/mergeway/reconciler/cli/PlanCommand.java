package dev.mergeway.reconciler.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mergeway plan}. */
@Command(
        name = "plan",
        description =
                "Shows how a working tree (or a ref of a repository) differs from the live state. Writes nothing anywhere.",
        footer = {
            "",
            "Policies, kinds and environments of the other configured repositories are those of their tracked branches, as far as",
            "the repositories are on this disk; it says which are not.",
            "Exit codes: 0 nothing to change, 3 changes, 1 something is wrong, 2 called wrongly."
        },
        mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "Configuration of the service (kind: Server).")
    Path config = Path.of("");

    @Option(
            names = "--repo",
            paramLabel = "NAME",
            description = "The configured repository that the files are of. Needed where more than one is configured.")
    @Nullable
    String repository;

    @Option(
            names = "--ref",
            paramLabel = "REF",
            description = "A branch or commit of the repository, instead of the working tree.")
    @Nullable
    String ref;

    @Option(
            names = "--format",
            defaultValue = "text",
            description = "text, json or markdown. Default: ${DEFAULT-VALUE}.")
    Format format = Format.text;

    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description =
                    "Folder or files of the working tree. Default: the folder it is called in. With --ref: paths in the repository.")
    List<Path> paths = List.of();

    private final Asking asking;

    /** The formats of a plan, as they are written on the command line. */
    public enum Format {
        text,
        json,
        markdown
    }

    /** A command that has the plan made. */
    public PlanCommand(Asking asking) {
        this.asking = asking;
    }

    @Override
    public Integer call() {
        return asking.plan(new Asked(config, repository, ref, format, paths));
    }

    /** What was asked for. */
    public record Asked(
            Path config,
            @Nullable String repository,
            @Nullable String ref,
            Format format,
            List<Path> paths) {
        public Asked {
            paths = List.copyOf(paths);
        }
    }

    /** Makes the plan; its wiring is elsewhere. */
    @FunctionalInterface
    public interface Asking {
        /** Prints the plan; returns the exit code. */
        int plan(Asked asked);
    }
}
