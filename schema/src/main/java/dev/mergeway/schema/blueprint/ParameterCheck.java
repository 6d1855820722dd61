package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Markers;
import dev.mergeway.schema.expression.Pointers;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.validate.CompiledSchema;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds the parameters of an entry of a spec's resources to the schema of the type, placeholders resolved. */
final class ParameterCheck {
    private ParameterCheck() {}

    /**
     * What is wrong with them. A value that a placeholder gave is known to be there and no more: the person who wrote the
     * placeholder cannot choose its text.
     *
     * @param schema of the type's parameters
     * @param params as given, placeholders resolved
     * @param placeholders pointers to the values that placeholders gave
     * @param spec whose entry it is
     * @param at where in the spec's body they stand
     */
    static List<Finding> check(
            CompiledSchema schema, Map<String, Object> params, Collection<String> placeholders, Spec spec, String at) {
        return schema
                .check(
                        params,
                        (severity, pointer, rule, message, hint) ->
                                new Finding(severity, "", Position.START, pointer, rule, message, hint))
                .stream()
                .filter(found -> !placeholders.contains(found.pointer()) && !late(params, found.pointer()))
                .map(found -> spec.finding(
                        found.severity(), at + found.pointer(), found.rule(), found.message(), found.hint()))
                .toList();
    }

    private static boolean late(@Nullable Object params, String pointer) {
        return Pointers.find(params, Pointers.path(pointer)) instanceof String text && Markers.marked(text);
    }
}
