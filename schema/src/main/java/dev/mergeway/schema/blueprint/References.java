package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.model.Trees;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Objects that a Kubernetes object names and cannot do without, as {@code Kind name}: a pod does not start before its
 * service account, its volumes and what its variables are read from are there.
 */
final class References {
    /** Fields that hold a name, and of what. */
    private static final Map<String, String> NAMES = Map.of(
            "serviceAccountName", "ServiceAccount",
            "secretName", "Secret",
            "claimName", "PersistentVolumeClaim",
            "priorityClassName", "PriorityClass");

    /** Fields that hold an object with a {@code name}, and of what. */
    private static final Map<String, String> OBJECTS = Map.of(
            "configMap", "ConfigMap",
            "configMapRef", "ConfigMap",
            "configMapKeyRef", "ConfigMap",
            "secret", "Secret",
            "secretRef", "Secret",
            "secretKeyRef", "Secret");

    private References() {}

    static Set<String> of(Map<String, Object> object) {
        Set<String> found = new HashSet<>();
        in(object.get("spec"), found);
        Map<String, Object> role = Trees.map(object.get("roleRef"));
        found.add(role.get("kind") + " " + role.get("name"));
        return found;
    }

    private static void in(@Nullable Object value, Set<String> found) {
        switch (value) {
            case Map<?, ?> mapping ->
                mapping.forEach((field, inner) -> {
                    note(String.valueOf(field), inner, found);
                    in(inner, found);
                });
            case List<?> list -> list.forEach(inner -> in(inner, found));
            case null, default -> {}
        }
    }

    private static void note(String field, @Nullable Object inner, Set<String> found) {
        if (field.equals("imagePullSecrets")) {
            Trees.maps(inner).forEach(secret -> found.add("Secret " + secret.get("name")));
        } else if (NAMES.containsKey(field)) {
            found.add(NAMES.get(field) + " " + inner);
        } else if (OBJECTS.containsKey(field)) {
            found.add(OBJECTS.get(field) + " " + Trees.map(inner).get("name"));
        }
    }
}
