package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Look;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a plan makes that other members of it stand on.
 *
 * @param namespaces its namespaces by name
 * @param definitions its CRDs by the types that they define
 * @param roles its Roles and ClusterRoles, as {@code kind/namespace/name}
 */
record Batch(Map<String, Desired> namespaces, Map<String, Desired> definitions, Set<String> roles) {
    static Batch of(List<Desired> desired) {
        Set<String> roles = new HashSet<>();
        Map<String, Desired> namespaces = new HashMap<>();
        Map<String, Desired> definitions = new HashMap<>();
        for (Desired one : desired) {
            switch (one.key().type()) {
                case "v1/Namespace" -> namespaces.put(one.key().name(), one);
                case "apiextensions.k8s.io/v1/CustomResourceDefinition" ->
                    types(one.body()).forEach(type -> definitions.put(type, one));
                case "rbac.authorization.k8s.io/v1/Role", "rbac.authorization.k8s.io/v1/ClusterRole" ->
                    roles.add(one.key().kind() + "/" + one.key().namespace() + "/"
                            + one.key().name());
                default -> {}
            }
        }
        return new Batch(namespaces, definitions, roles);
    }

    /** Whether it makes the role that a binding is about: the server looks for it, to see whether we may give it away. */
    boolean makesRoleOf(Desired binding) {
        String kind = Look.text(binding.body(), "roleRef", "kind");
        String namespace = kind.equals("Role") ? binding.key().namespace() : "";
        return roles.contains(kind + "/" + namespace + "/" + Look.text(binding.body(), "roleRef", "name"));
    }

    /** The types that a CRD makes. */
    static List<String> types(Map<String, Object> definition) {
        return Look.maps(definition, "spec", "versions").stream()
                .filter(version -> Look.yes(version, "served"))
                .map(version -> type(definition, version))
                .toList();
    }

    /** The type that one of a CRD's versions makes. */
    static String type(Map<String, Object> definition, Map<String, Object> version) {
        return Look.text(definition, "spec", "group") + "/" + Look.text(version, "name") + "/"
                + Look.text(definition, "spec", "names", "kind");
    }
}
