package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Look;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a plan makes that other members of it stand on.
 *
 * @param namespaces its namespaces by name
 * @param definitions its CRDs by the types that they define
 */
record Batch(Map<String, Desired> namespaces, Map<String, Desired> definitions) {
    static Batch of(List<Desired> desired) {
        Map<String, Desired> namespaces = new HashMap<>();
        Map<String, Desired> definitions = new HashMap<>();
        for (Desired one : desired) {
            switch (one.key().type()) {
                case "v1/Namespace" -> namespaces.put(one.key().name(), one);
                case "apiextensions.k8s.io/v1/CustomResourceDefinition" ->
                    types(one.body()).forEach(type -> definitions.put(type, one));
                default -> {}
            }
        }
        return new Batch(namespaces, definitions);
    }

    /** The types that a CRD makes. */
    static List<String> types(Map<String, Object> definition) {
        String group = Look.text(definition, "spec", "group");
        String kind = Look.text(definition, "spec", "names", "kind");
        return Look.maps(definition, "spec", "versions").stream()
                .filter(version -> Look.yes(version, "served"))
                .map(version -> group + "/" + Look.text(version, "name") + "/" + kind)
                .toList();
    }
}
