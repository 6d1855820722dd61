package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Expression;
import dev.mergeway.schema.expression.Template;
import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Finding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A blueprint whose expressions are compiled and whose graph is known. Immutable and safe to share.
 *
 * @param blueprint as written
 * @param parts its resources, each after those that it depends on
 * @param outputs its outputs by name
 * @param price its price a month in US dollars, null where it has none
 * @param referenced ids of resources whose bodies other expressions read
 * @param findings what is wrong with it; where there is an error it must not be expanded
 */
record CompiledBlueprint(
        Blueprint blueprint,
        List<Part> parts,
        Map<String, Template> outputs,
        @Nullable Template price,
        Set<String> referenced,
        List<Finding> findings) {
    /** Variables that every expression of a blueprint may read. */
    static final Set<String> BASE = Set.of("params", "metadata", "environment", "workload");

    CompiledBlueprint {
        parts = List.copyOf(parts);
        referenced = Set.copyOf(referenced);
        findings = List.copyOf(findings);
    }

    /**
     * One resource.
     *
     * @param source as written
     * @param pointer where its body stands in the blueprint
     * @param body its body
     * @param when what must be true for it to exist
     * @param loop what it is repeated over, null where it is not
     * @param ready what must be true of its live body
     * @param dependsOn ids of its siblings that come before it
     */
    record Part(
            Blueprint.Template source,
            String pointer,
            Template body,
            List<Template> when,
            @Nullable Loop loop,
            List<Expression> ready,
            Set<String> dependsOn) {
        String id() {
            return source.id();
        }
    }

    /** A loop: the name of its variable, and the list or map it goes over. */
    record Loop(String variable, Template over) {}

    boolean broken() {
        return findings.stream().anyMatch(Finding::isError);
    }
}
