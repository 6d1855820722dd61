package dev.mergeway.reconciler.cli;

import dev.mergeway.reconciler.flow.Checkup;
import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.blueprint.KubernetesRights;
import dev.mergeway.schema.model.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mergeway rbac}. */
@Command(
        name = "rbac",
        description = {
            "Prints the ClusterRole that the service needs on a cluster, and no more.",
            "It covers the kinds that the shipped blueprints make and, with paths, those of the blueprints there and of"
                    + " the plain manifests that specs there bring in."
        },
        footer = {
            "",
            "For example: mergeway rbac platform/ shop/ | kubectl apply -f -",
            "Exit codes: 0 printed, 1 something is wrong with a blueprint or a spec, 2 called wrongly."
        },
        mixinStandardHelpOptions = true)
public final class RbacCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description =
                    "Files, or folders with all files below them: platform repositories, and those with manifests.")
    List<Path> paths = List.of();

    private final Console console;

    /** A command that writes to the console. */
    public RbacCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (paths.isEmpty()) {
            return print(KubernetesRights.of(Catalogue.shipped().blueprints(), List.of()), List.of());
        }
        Paths found;
        try {
            found = Paths.of(paths);
        } catch (Paths.MissingException e) {
            console.say("mergeway rbac: " + e.getMessage());
            return Console.USAGE;
        }
        Checkup checkup = found.checkup();
        Checkup.Look look = checkup.together(found.specFiles());
        List<Finding> wrong = look.findings().stream().filter(Finding::isError).toList();
        wrong.forEach(finding -> console.say(found.line(finding)));
        return print(KubernetesRights.of(checkup.offer().catalogue().blueprints(), look.resources()), wrong);
    }

    /** Prints what there is even where something is wrong, which the code tells. */
    private int print(KubernetesRights rights, List<Finding> wrong) {
        console.out().print(ClusterRoleYaml.of(rights));
        console.out().flush();
        return wrong.isEmpty() ? Console.OK : Console.ERROR;
    }
}
