package dev.mergeway.reconciler.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
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
        console.out().println(line());
        console.out().flush();
        return Console.OK;
    }

    private static String line() {
        return "mergeway " + version() + " (Java " + Runtime.version().feature() + ")";
    }

    /** What {@code --version} prints. */
    static final class Provider implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {line()};
        }
    }

    /** The version that this was built as, {@code development} where it runs from classes. */
    public static String version() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
