package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.schema.model.ResourceKey;
import java.util.Map;
import java.util.stream.Collectors;

/** What it means to delete an object and make it again. */
final class Consequences {
    private Consequences() {}

    /** Which fields cannot be changed in place, and what the replacement does to those who use the object. */
    static String ofReplacing(ResourceKey key, Reply refusal) {
        String fields = Look.maps(refusal.body(), "details", "causes").stream()
                .map(cause -> Look.text(cause, "field"))
                .distinct()
                .collect(Collectors.joining(", "));
        return fields + " cannot be changed in place, so it is deleted and made again: " + of(key.type());
    }

    private static String of(String type) {
        return WORDS.getOrDefault(type, "whatever depends on it does without it for that moment");
    }

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("apps/v1/Deployment", "all of its pods stop before the first new one starts"),
            Map.entry("apps/v1/DaemonSet", "all of its pods stop before the first new one starts"),
            Map.entry(
                    "apps/v1/StatefulSet",
                    "all of its pods stop before the first new one starts; its volume claims are kept"),
            Map.entry("batch/v1/Job", "it runs again from the beginning"),
            Map.entry("batch/v1/CronJob", "runs in progress are stopped"),
            Map.entry("v1/PersistentVolumeClaim", "the data on its volume is lost unless the volume is retained"),
            Map.entry("v1/Service", "it gets another cluster address, and connections through it break"),
            Map.entry("v1/Secret", "pods that start in between fail"),
            Map.entry("v1/ConfigMap", "pods that start in between fail"),
            Map.entry("v1/Namespace", "everything in it is deleted"),
            Map.entry(
                    "apiextensions.k8s.io/v1/CustomResourceDefinition", "every object of its kind is deleted with it"),
            Map.entry("rbac.authorization.k8s.io/v1/RoleBinding", "its subjects are without these rights in between"),
            Map.entry(
                    "rbac.authorization.k8s.io/v1/ClusterRoleBinding",
                    "its subjects are without these rights in between"));
}
