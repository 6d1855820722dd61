package dev.mergeway.reconciler.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code mergeway version}. */
@Command(name = "version", description = "Prints the version.", mixinStandardHelpOptions = true)
public final class VersionCommand implements Callable<Integer> {
    private final Console console;

    /** A command that writes to the console. */
    public VersionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out()
                .println("mergeway " + version() + " (Java " + Runtime.version().feature() + ")");
        console.out().flush();
        return Console.OK;
    }

    /** The version that this was built as, {@code development} where it runs from classes. */
    public static String version() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
