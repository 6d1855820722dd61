package dev.mergeway.schema;

import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Policy;
import dev.mergeway.schema.model.Spec;
import java.util.List;

/**
 * All that one file holds. What could be read is there even where something else in the file is wrong.
 *
 * @param file its path
 * @param environments its environments, each also the spec of kind {@code Environment} that makes the namespace
 * @param specs its specs of the catalogue's kinds (without environments)
 * @param blueprints its blueprints, shape checked
 * @param policies its policies, shape checked
 * @param findings what is wrong in it
 * @param missing of these, the first about each blueprint or policy that is not there because of a mistake in it
 */
public record FileContent(
        String file,
        List<Environment> environments,
        List<Spec> specs,
        List<Blueprint> blueprints,
        List<Policy> policies,
        List<Finding> findings,
        List<Finding> missing) {
    public FileContent {
        environments = List.copyOf(environments);
        specs = List.copyOf(specs);
        blueprints = List.copyOf(blueprints);
        policies = List.copyOf(policies);
        findings = List.copyOf(findings);
        missing = List.copyOf(missing);
    }

    /** A file that holds nothing. */
    public static FileContent nothing(String file, List<Finding> findings) {
        return new FileContent(file, List.of(), List.of(), List.of(), List.of(), findings, List.of());
    }
}
