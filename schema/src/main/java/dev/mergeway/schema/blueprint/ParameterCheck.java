package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Pointers;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds the parameters of an entry of a spec's resources to the schema of the type, placeholders resolved. */
final class ParameterCheck {
    private ParameterCheck() {}

    /**
     * What is wrong with them.
     *
     * @param schema of the type's parameters
     * @param params as given
     * @param spec whose entry it is
     * @param at where in the spec's body they stand
     */
    static List<Finding> check(Map<String, Object> schema, Map<String, Object> params, Spec spec, String at) {
        List<Finding> findings = new ArrayList<>();
        Map<String, Object> properties = BlueprintParser.tree(schema.get("properties"));
        if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
            params.keySet().stream()
                    .filter(name -> !properties.containsKey(name))
                    .forEach(name -> findings.add(spec.finding(
                            Severity.ERROR,
                            Pointers.child(at, name),
                            "schema/unknown-field",
                            "there is no parameter '" + name + "'",
                            Names.hint(name, properties.keySet()))));
        }
        if (schema.get("required") instanceof List<?> required) {
            required.stream()
                    .filter(name -> !params.containsKey(String.valueOf(name)))
                    .forEach(name -> findings.add(spec.finding(
                            Severity.ERROR, at, "schema/missing-field", "parameter '" + name + "' is missing", "")));
        }
        return findings;
    }
}
