package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Pointers;
import dev.mergeway.schema.expression.Text;
import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.SpecKey;
import dev.mergeway.schema.model.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A spec and the resources that it asks for.
 *
 * @param spec the spec
 * @param key what it is known by
 * @param blueprint what makes its kind
 * @param requests its resources by their names in it
 * @param findings what is wrong with them
 */
record Asking(Spec spec, SpecKey key, Blueprint blueprint, Map<String, Request> requests, List<Finding> findings) {
    boolean failed() {
        return findings.stream().anyMatch(Finding::isError);
    }

    /** Whether specs of the kind can ask for resources and hold placeholders. */
    static boolean takesResources(Blueprint blueprint) {
        return Trees.map(blueprint.parameters().get("properties")).containsKey("resources");
    }

    static Asking of(Spec spec, SpecKey key, Blueprint blueprint, Catalogue catalogue) {
        Map<String, Request> requests = new LinkedHashMap<>();
        List<Finding> findings = new ArrayList<>();
        if (takesResources(blueprint) && spec.body().get("resources") instanceof Map<?, ?> resources) {
            Trees.map(resources).forEach((name, value) -> {
                Map<String, Object> entry = Trees.map(value);
                found(spec, name, entry, catalogue, findings)
                        .ifPresent(made -> requests.put(name, request(spec, name, entry, made)));
            });
        }
        return new Asking(spec, key, blueprint, requests, findings);
    }

    private static Request request(Spec spec, String name, Map<String, Object> entry, Blueprint made) {
        boolean shared = entry.get("id") != null;
        String instance = Text.dns(
                shared ? String.valueOf(entry.get("id")) : spec.metadata().name() + "-" + name);
        NodeKey node = new NodeKey(
                String.valueOf(made.type()),
                made.clazz(),
                instance,
                shared ? "" : spec.kind() + "/" + spec.metadata().name());
        return new Request(name, node, made, Trees.map(entry.get("params")), Trees.map(entry.get("metadata")));
    }

    private static Optional<Blueprint> found(
            Spec spec, String name, Map<String, Object> entry, Catalogue catalogue, List<Finding> findings) {
        String at = Pointers.child("/resources", name);
        if (!(entry.get("type") instanceof String type)) {
            findings.add(spec.finding(
                    Severity.ERROR,
                    at,
                    "resources/type",
                    "resource '" + name + "' needs a type",
                    "types: " + Names.listed(catalogue.types())));
            return Optional.empty();
        }
        String clazz = entry.get("class") instanceof String asked ? asked : "default";
        Optional<Blueprint> blueprint = catalogue.ofType(type, clazz);
        if (blueprint.isEmpty() && catalogue.types().contains(type)) {
            findings.add(spec.finding(
                    Severity.ERROR,
                    at + "/class",
                    "resources/unknown-class",
                    "there is no class '" + clazz + "' of " + type,
                    Names.hint(clazz, catalogue.classes(type))));
        } else if (blueprint.isEmpty()) {
            findings.add(spec.finding(
                    Severity.ERROR,
                    at + "/type",
                    "resources/unknown-type",
                    "there is no resource type '" + type + "'",
                    Names.hint(type, catalogue.types())));
        }
        return blueprint;
    }
}
