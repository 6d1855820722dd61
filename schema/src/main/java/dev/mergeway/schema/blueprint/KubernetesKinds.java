package dev.mergeway.schema.blueprint;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is known of Kubernetes' kinds without asking a cluster. */
final class KubernetesKinds {
    private static final Set<String> LABEL_NAMED = Set.of("Namespace", "Service");

    private static final Set<String> HOLD_DATA = Set.of(
            "v1/PersistentVolumeClaim",
            "v1/PersistentVolume",
            "apps/v1/StatefulSet",
            "v1/Namespace",
            "apiextensions.k8s.io/v1/CustomResourceDefinition");

    /** What others need comes first, where no reference says so. */
    private static final List<Set<String>> ORDER = List.of(
            Set.of("Namespace"),
            Set.of("ResourceQuota", "LimitRange", "NetworkPolicy", "PriorityClass"),
            Set.of("CustomResourceDefinition", "StorageClass", "IngressClass"),
            Set.of("ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"),
            Set.of("Secret"),
            Set.of("ConfigMap"),
            Set.of("PersistentVolume", "PersistentVolumeClaim"),
            Set.of("Service"),
            Set.of("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Pod", "ReplicaSet"),
            Set.of("HorizontalPodAutoscaler"),
            Set.of("PodDisruptionBudget"),
            Set.of("Ingress"));

    /** Where a kind stands that is not named: behind workloads, since it may be an instance of a custom kind. */
    private static final int OTHER = 9;

    private KubernetesKinds() {}

    /**
     * What objects of the kind are called in paths and roles: right for Kubernetes' own kinds, and for custom kinds as
     * long as their CRD keeps to the rules of English.
     */
    static String plural(String kind) {
        String name = kind.toLowerCase(Locale.ROOT);
        if (name.equals("endpoints")) {
            return name;
        }
        if (name.matches(".*[^aeiou]y")) {
            return name.substring(0, name.length() - 1) + "ies";
        }
        return name.matches(".*(s|x|z|ch|sh)") ? name + "es" : name + "s";
    }

    /** Whether names of the kind are DNS labels (63 characters) rather than DNS names (253). */
    static boolean labelNamed(String kind) {
        return LABEL_NAMED.contains(kind);
    }

    /** Whether deleting an object of the type loses data, as far as its kind tells. */
    static boolean holdsData(String type) {
        return HOLD_DATA.contains(type);
    }

    /** A kind's place in the order. */
    static int rank(String kind) {
        for (int index = 0; index < ORDER.size(); index++) {
            if (ORDER.get(index).contains(kind)) {
                return index;
            }
        }
        return OTHER;
    }

    /** By kind, then key: the apply order where no dependency decides. */
    public static final Comparator<dev.mergeway.schema.model.ResourceKey> APPLY_ORDER = Comparator.comparingInt(
                    (dev.mergeway.schema.model.ResourceKey key) -> rank(key.kind()))
            .thenComparing(Comparator.naturalOrder());
}
