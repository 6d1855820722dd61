package dev.mergeway.reconciler.plan;

import dev.mergeway.schema.model.ResourceKey;
import java.util.Comparator;
import java.util.List;

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

    private DeletionOrder() {}

    private static int rank(ResourceKey key) {
        for (int rank = 0; rank < KINDS.size(); rank++) {
            if (key.provider().equals("kubernetes") && KINDS.get(rank).contains(key.kind())) {
                return rank;
            }
        }
        return OTHERS;
    }
}
