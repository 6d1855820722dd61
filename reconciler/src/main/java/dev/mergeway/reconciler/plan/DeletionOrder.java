package dev.mergeway.reconciler.plan;

import dev.mergeway.schema.model.ResourceKey;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is deleted first: what sends traffic, then what runs, then what that used, then what holds data, then the place it
 * all was in. The reverse of the order in which kinds are applied.
 */
final class DeletionOrder {
    private static final List<List<String>> KINDS = List.of(
            List.of(
                    "Ingress",
                    "HTTPRoute",
                    "Gateway",
                    "ValidatingWebhookConfiguration",
                    "MutatingWebhookConfiguration"),
            List.of("HorizontalPodAutoscaler", "PodDisruptionBudget", "CronJob", "Job"),
            List.of("Deployment", "DaemonSet", "StatefulSet", "ReplicaSet", "Pod"),
            List.of("Service", "Endpoints", "EndpointSlice"),
            List.of("ConfigMap", "Secret"),
            List.of("PersistentVolumeClaim", "PersistentVolume", "StorageClass"),
            List.of("RoleBinding", "ClusterRoleBinding", "Role", "ClusterRole", "ServiceAccount"),
            List.of("NetworkPolicy", "LimitRange", "ResourceQuota"),
            List.of("Namespace"),
            List.of("CustomResourceDefinition"));
    // Kinds that we don't know are instances of somebody's definition: they go before what they may have made.
    private static final int OTHERS = 1;

    /** By that order, then by key. */
    static final Comparator<Unwanted> COMPARATOR = Comparator.comparingInt(
                    (Unwanted one) -> rank(one.live().key()))
            .thenComparing(one -> one.live().key());

    private static final int RUNNING = 2;

    private final List<ResourceKey> all;
    private final Set<String> undefined = new HashSet<>();
    private final List<ResourceKey> instances;

    /** @param all what is deleted */
    DeletionOrder(List<ResourceKey> all) {
        this.all = all;
        all.stream()
                .filter(key -> key.kind().equals("CustomResourceDefinition"))
                .forEach(key -> undefined.add(group(key.name())));
        instances = all.stream().filter(key -> isInstance(key, undefined)).toList();
    }

    /**
     * What has to be gone before: whatever is in a namespace, and the instances of a definition, since they would go with
     * it though they are held, or could not be deleted themselves; and where an operator goes with its definitions, their
     * instances before anything that it may be made of, since only the operator can clean up after them.
     */
    List<ResourceKey> before(ResourceKey key) {
        return switch (key.kind()) {
            case "Namespace" ->
                all.stream()
                        .filter(other -> other.target().equals(key.target())
                                && other.namespace().equals(key.name()))
                        .sorted()
                        .toList();
            case "CustomResourceDefinition" ->
                all.stream()
                        .filter(other -> isInstance(other, Set.of(group(key.name()))))
                        .sorted()
                        .toList();
            default -> rank(key) < RUNNING ? List.of() : instances;
        };
    }

    /** Whether what is before it would be gone with it: what is in a namespace, the instances of a definition. */
    static boolean takesAlong(ResourceKey key) {
        return key.provider().equals("kubernetes")
                && (key.kind().equals("Namespace") || key.kind().equals("CustomResourceDefinition"));
    }

    private static boolean isInstance(ResourceKey key, Set<String> groups) {
        int slash = key.type().indexOf('/');
        return slash > 0 && groups.contains(key.type().substring(0, slash));
    }

    /** A definition is called by its plural and its group. */
    private static String group(String definition) {
        return definition.substring(definition.indexOf('.') + 1);
    }

    private static int rank(ResourceKey key) {
        for (int rank = 0; rank < KINDS.size(); rank++) {
            if (key.provider().equals("kubernetes") && KINDS.get(rank).contains(key.kind())) {
                return rank;
            }
        }
        return OTHERS;
    }
}
