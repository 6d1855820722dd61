package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Expression;
import dev.mergeway.schema.expression.Pointers;
import dev.mergeway.schema.expression.Refusal;
import dev.mergeway.schema.model.Finding;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What goes wrong while an instance is rendered, told where its owner wrote what it comes from. Used once. */
final class Faults {
    private final Instance instance;
    private final Origins origins;
    private final List<Finding> findings;
    private final Map<Finding, String> reasons = new HashMap<>();

    /** @param findings all that is wrong with the instance, these and others */
    Faults(Instance instance, Origins origins, List<Finding> findings) {
        this.instance = instance;
        this.origins = origins;
        this.findings = findings;
    }

    /**
     * The blueprint cannot make something of what the author wrote.
     *
     * @param pointer which part of the blueprint
     * @param expressions those of its expressions that failed, if any
     */
    void ofBlueprint(String pointer, String message, List<Expression> expressions) {
        String origin = origins.of(expressions, "", null, true);
        String shown = expressions.stream().map(each -> each.shown() + ": ").collect(Collectors.joining());
        Finding finding = instance.finding(
                origin == null ? instance.documentPointer("") : origin,
                "blueprint/render",
                "the blueprint '" + instance.blueprint().blueprint().name() + "' cannot make its "
                        + Pointers.path(pointer).stream().skip(1).findFirst().orElse("resources")
                        + " from this (" + pointer + "): " + shown + message,
                "");
        findings.add(finding);
        reasons.put(finding, finding.pointer() + " " + message);
    }

    /** What the author wrote is wrong, and the blueprint is not: shown at the value itself. */
    void refused(Refusal refusal, Expression expression) {
        String origin = origins.of(List.of(expression), "", refusal.about(), true);
        findings.add(instance.finding(
                origin == null ? instance.documentPointer("") : origin, refusal.rule(), refusal.message(), ""));
    }

    /** One mistake makes several expressions fail for the same reason; the first of them says enough. */
    List<Finding> told() {
        Set<String> told = new HashSet<>();
        return findings.stream()
                .filter(finding -> !reasons.containsKey(finding) || told.add(reasons.get(finding)))
                .toList();
    }
}
