package dev.mergeway.schema.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind or a resource type as its author wrote it: shape checked, expressions not yet compiled.
 *
 * @param spec the document it was read from, of kind {@code Blueprint}
 * @param version its version, as in semantic versioning
 * @param kind the kind it provides ({@code provides.kind}), null where it provides only a resource type
 * @param type the resource type it provides ({@code provides.type}), null where it provides only a kind
 * @param clazz the class of that type ({@code provides.class}), {@code default} where it does not say
 * @param parameters JSON Schema of its parameters
 * @param resources what it makes, in the order written
 * @param outputs what it gives to those who use it, by name
 * @param monthlyUsd expression of its price a month in US dollars, null where it has none
 * @param examples parameters that must render, each a tree
 */
public record Blueprint(
        Spec spec,
        String version,
        @Nullable String kind,
        @Nullable String type,
        String clazz,
        Map<String, Object> parameters,
        List<Template> resources,
        Map<String, Output> outputs,
        @Nullable String monthlyUsd,
        List<Map<String, Object>> examples) {
    public Blueprint {
        resources = List.copyOf(resources);
        examples = List.copyOf(examples);
    }

    /** Its name. */
    public String name() {
        return spec.metadata().name();
    }

    /**
     * One resource of a blueprint.
     *
     * @param id what its siblings call it in expressions
     * @param provider {@code kubernetes} or {@code aws}
     * @param type for aws the type, for kubernetes "" (apiVersion and kind stand in the body)
     * @param body the object or the properties, with {@code ${…}} unresolved
     * @param when expressions that must all be true for it to exist
     * @param forEach name of the loop variable to the expression of its list or map, at most one; empty for none
     * @param dependsOn ids of siblings that come before it though it refers to none of theirs
     * @param ready expressions over its own live body (under its own id) that must be true for it to count as ready
     * @param stateful whether deleting or replacing it loses data
     */
    public record Template(
            String id,
            String provider,
            String type,
            Map<String, Object> body,
            List<String> when,
            Map<String, String> forEach,
            List<String> dependsOn,
            List<String> ready,
            boolean stateful) {
        public Template {
            when = List.copyOf(when);
            forEach = Map.copyOf(forEach);
            dependsOn = List.copyOf(dependsOn);
            ready = List.copyOf(ready);
        }
    }

    /**
     * One output of a blueprint.
     *
     * @param type {@code string}, {@code integer}, {@code number}, {@code boolean}, {@code object} or {@code array}
     * @param value its expression in {@code ${…}}, or a constant
     * @param secret whether it may flow only into Secret data, a secretKeyRef or a write-only property
     * @param description what it is, "" where not said
     */
    public record Output(String type, Object value, boolean secret, String description) {}
}
