package dev.mergeway.schema.model;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether objects of a kind live in namespaces, told without asking a cluster: so that a resource has the same key when it is
 * rendered and when it is found again.
 */
public final class KubernetesScope {
    /** Kinds of Kubernetes' own API groups that live in no namespace ({@code kubectl api-resources --namespaced=false}). */
    private static final Set<String> CLUSTER_SCOPED = Set.of(
            "APIService",
            "CSIDriver",
            "CSINode",
            "CertificateSigningRequest",
            "ClusterRole",
            "ClusterRoleBinding",
            "ClusterTrustBundle",
            "ComponentStatus",
            "CustomResourceDefinition",
            "DeviceClass",
            "FlowSchema",
            "IPAddress",
            "IngressClass",
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "MutatingWebhookConfiguration",
            "Namespace",
            "Node",
            "PersistentVolume",
            "PriorityClass",
            "PriorityLevelConfiguration",
            "ResourceSlice",
            "RuntimeClass",
            "SelfSubjectAccessReview",
            "SelfSubjectReview",
            "SelfSubjectRulesReview",
            "ServiceCIDR",
            "StorageClass",
            "StorageVersion",
            "SubjectAccessReview",
            "TokenReview",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
            "VolumeAttachment",
            "VolumeAttributesClass");

    /** Kubernetes' own groups: without a dot, or below k8s.io. */
    private static final Pattern OWN_GROUP = Pattern.compile("(v\\d+.*|[a-z]+/v\\d+.*|[a-z0-9.]+\\.k8s\\.io/v\\d+.*)");

    private KubernetesScope() {}

    /** Whether objects of the kind live in no namespace; instances of custom kinds are taken to live in one. */
    public static boolean clusterScoped(String apiVersion, String kind) {
        return CLUSTER_SCOPED.contains(kind) && OWN_GROUP.matcher(apiVersion).matches();
    }

    /** Whether Kubernetes itself defines the kinds of an API group ("" for the core group). */
    public static boolean ownGroup(String group) {
        return group.isEmpty() || OWN_GROUP.matcher(group + "/v1").matches();
    }
}
