package dev.mergeway.reconciler.cli;

import dev.mergeway.reconciler.flow.Checkup;
import dev.mergeway.reconciler.report.ResourceYaml;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mergeway render}. */
@Command(
        name = "render",
        description = "Prints the concrete resources that specs expand to, as a YAML stream in apply order.",
        footer = {
            "",
            "Values that are known only after something was applied are shown as their expression.",
            "Exit codes: 0 printed, 1 something is wrong with a spec, 2 called wrongly."
        },
        mixinStandardHelpOptions = true)
public final class RenderCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files, or folders with all files below them.")
    List<Path> paths = List.of();

    private final Console console;

    /** A command that writes to the console. */
    public RenderCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Paths found;
        try {
            found = Paths.of(paths);
        } catch (Paths.MissingException e) {
            console.say("mergeway render: " + e.getMessage());
            return Console.USAGE;
        }
        Checkup checkup = found.checkup();
        Checkup.Look look = checkup.together(found.specFiles());
        look.findings().stream()
                .filter(finding -> finding.isError() || !finding.rule().equals("spec/no-environment"))
                .forEach(finding -> console.say(found.line(finding)));
        if (look.lent()) {
            console.say("Some specs belong to no environment here: they are rendered as if they were in one called "
                    + Checkup.STAND_IN + ", of tier preview.");
        }
        for (ConcreteResource resource : look.resources()) {
            console.out().print(ResourceYaml.document(resource));
        }
        console.out().flush();
        return look.findings().stream().anyMatch(Finding::isError) ? Console.ERROR : Console.OK;
    }
}
