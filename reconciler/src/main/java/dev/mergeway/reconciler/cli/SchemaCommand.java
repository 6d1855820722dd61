package dev.mergeway.reconciler.cli;

import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.validate.EngineSchemas;
import dev.mergeway.schema.validate.Nearest;
import dev.mergeway.schema.validate.TreeNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mergeway schema}. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema (draft 2020-12) of a kind, or lists the kinds.",
        footer = {"", "Exit codes: 0 printed, 2 no such kind."},
        mixinStandardHelpOptions = true)
public final class SchemaCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "KIND",
            description = "Such as Deployment. Without it, the kinds are listed.")
    @Nullable
    String kind;

    private final Console console;

    /** A command that writes to the console. */
    public SchemaCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Catalogue catalogue = Catalogue.shipped();
        String asked = kind;
        if (asked == null) {
            kinds(catalogue).forEach((name, description) -> console.out().printf("%-14s %s%n", name, description));
            console.out().flush();
            return Console.OK;
        }
        Optional<Map<String, Object>> schema = catalogue.schema(asked);
        if (schema.isEmpty()) {
            List<String> known = new ArrayList<>(kinds(catalogue).keySet());
            console.say("There is no kind " + asked + "."
                    + Nearest.of(asked, known)
                            .map(near -> " Did you mean " + near + "?")
                            .orElse("")
                    + " Kinds: " + String.join(", ", known) + ".");
            return Console.USAGE;
        }
        console.out().println(TreeNodes.json(schema.get()));
        console.out().flush();
        return Console.OK;
    }

    /** Every kind that has a schema, with what it is for. */
    static Map<String, String> kinds(Catalogue catalogue) {
        Map<String, String> kinds = new TreeMap<>();
        for (String name : EngineSchemas.KINDS) {
            kinds.put(name, description(EngineSchemas.of(name)));
        }
        catalogue
                .blueprints()
                .forEach(blueprint -> Optional.ofNullable(blueprint.kind())
                        .ifPresent(name -> kinds.putIfAbsent(name, description(catalogue.schema(name)))));
        return kinds;
    }

    private static String description(Optional<Map<String, Object>> schema) {
        Object description = schema.map(found -> found.get("description")).orElse(null);
        String text = description == null ? "" : description.toString();
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }
}
