package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.Trees;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the pods of a workload need to be there before they start: the service account, the ConfigMaps, Secrets and volume
 * claims that its template names. Started without them, a pod is refused or waits, and what made it backs off.
 */
final class PodNeeds {
    private final ResourceKey workload;
    private final Set<ResourceKey> needs = new TreeSet<>();

    private PodNeeds(ResourceKey workload) {
        this.workload = workload;
    }

    /** What a body names, whether it is there or not; nothing where its kind runs no pods. */
    static Set<ResourceKey> of(ResourceKey workload, Map<String, Object> body) {
        PodNeeds needs = new PodNeeds(workload);
        if (KubernetesKinds.runsPods(workload.kind())) {
            needs.map(body);
        }
        return needs.needs;
    }

    private void map(Map<String, Object> map) {
        map.forEach((name, value) -> {
            switch (name) {
                case "serviceAccountName" -> need("ServiceAccount", value);
                case "configMap", "configMapRef", "configMapKeyRef" ->
                    need("ConfigMap", Trees.map(value).get("name"));
                case "secretRef", "secretKeyRef" ->
                    need("Secret", Trees.map(value).get("name"));
                case "secret" -> secret(Trees.map(value));
                case "imagePullSecrets" -> Trees.maps(value).forEach(secret -> need("Secret", secret.get("name")));
                case "persistentVolumeClaim" ->
                    need("PersistentVolumeClaim", Trees.map(value).get("claimName"));
                default -> value(value);
            }
        });
    }

    /** A volume's Secret has another name for its name than one that is projected. */
    private void secret(Map<String, Object> secret) {
        need("Secret", secret.containsKey("secretName") ? secret.get("secretName") : secret.get("name"));
    }

    private void value(Object value) {
        if (value instanceof Map<?, ?>) {
            map(Trees.map(value));
        } else if (value instanceof List<?> list) {
            list.forEach(this::value);
        }
    }

    private void need(String kind, @org.jspecify.annotations.Nullable Object name) {
        if (name instanceof String text) {
            needs.add(
                    new ResourceKey(workload.provider(), workload.target(), "v1/" + kind, workload.namespace(), text));
        }
    }
}
