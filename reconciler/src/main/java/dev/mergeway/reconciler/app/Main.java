package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.cli.Console;
import dev.mergeway.reconciler.cli.DemoCommand;
import dev.mergeway.reconciler.cli.ExplainCommand;
import dev.mergeway.reconciler.cli.MergewayCommand;
import dev.mergeway.reconciler.cli.PlanCommand;
import dev.mergeway.reconciler.cli.RbacCommand;
import dev.mergeway.reconciler.cli.RenderCommand;
import dev.mergeway.reconciler.cli.SchemaCommand;
import dev.mergeway.reconciler.cli.ServeCommand;
import dev.mergeway.reconciler.cli.ValidateCommand;
import dev.mergeway.reconciler.cli.VersionCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The program. */
public final class Main {
    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(run(console(), arguments));
    }

    static int run(Console console, String... arguments) {
        CommandLine line = new CommandLine(new MergewayCommand(console));
        line.addSubcommand(new DemoCommand(new Demo(console)));
        line.addSubcommand(new ServeCommand(new Server(console)));
        line.addSubcommand(new ValidateCommand(console, Server::rules));
        line.addSubcommand(new RenderCommand(console));
        line.addSubcommand(new PlanCommand(new PlanAsker(console)));
        line.addSubcommand(new SchemaCommand(console));
        line.addSubcommand(new ExplainCommand(console));
        line.addSubcommand(new RbacCommand(console));
        line.addSubcommand(new VersionCommand(console));
        line.addSubcommand(new CommandLine.HelpCommand());
        line.setOut(console.out()).setErr(console.err());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                console.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            console.say("mergeway: " + (failure.getMessage() == null ? failure : failure.getMessage()));
            return Console.ERROR;
        });
        return line.execute(arguments);
    }

    /** Standard output and error in UTF-8, whatever the locale. Colour on a terminal only, and never with NO_COLOR. */
    private static Console console() {
        boolean terminal = System.console() != null && System.console().isTerminal();
        String none = System.getenv("NO_COLOR");
        boolean colour = terminal && (none == null || none.isEmpty());
        return new Console(writer(FileDescriptor.out), writer(FileDescriptor.err), colour);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), false);
    }
}
