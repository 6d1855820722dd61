package dev.mergeway.reconciler.cli;

import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.validate.Explain;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mergeway explain}. */
@Command(
        name = "explain",
        description = "Says what a kind or a field means, its type, default, and an example.",
        footer = {
            "",
            "Example: mergeway explain Deployment.route.host",
            "Exit codes: 0 explained, 2 no such kind or field."
        },
        mixinStandardHelpOptions = true)
public final class ExplainCommand implements Callable<Integer> {
    @Parameters(
            arity = "1",
            paramLabel = "KIND[.field.path]",
            description = "Such as Deployment or Deployment.route.host.")
    String path = "";

    private final Console console;

    /** A command that writes to the console. */
    public ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Catalogue catalogue = Catalogue.shipped();
        Explain explain = new Explain(SchemaCommand.kinds(catalogue).keySet(), catalogue::schema);
        Explain.Explanation explanation = explain.explain(path);
        if (!explanation.found()) {
            console.say(explanation.text());
            return Console.USAGE;
        }
        console.out().println(explanation.text());
        console.out().flush();
        return Console.OK;
    }
}
