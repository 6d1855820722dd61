package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Look;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many copies of a workload run, where a spec does not say so (any more): it stays as it is, for an autoscaler to
 * change. By server-side apply alone a field that its only owner gives up is gone, and a workload falls to the one copy that
 * is Kubernetes' default ("Server-Side Apply", "Transferring ownership" in Kubernetes' documentation).
 */
final class Copies {
    private static final Set<String> SCALED = Set.of("apps/v1/Deployment", "apps/v1/StatefulSet", "apps/v1/ReplicaSet");

    private static final List<Step> REPLICAS = List.of(new Step.Field("spec"), new Step.Field("replicas"));

    private Copies() {}

    /** Whether what is desired leaves it open. */
    static boolean open(Desired desired) {
        return SCALED.contains(desired.key().type()) && Look.at(desired.body(), "spec", "replicas") == null;
    }

    /** The object to send: with the copies that are live where they are ours to keep. */
    static Map<String, Object> kept(Desired desired, Map<String, Object> body, Map<String, Object> live) {
        Object replicas = Look.at(live, "spec", "replicas");
        if (!open(desired) || replicas == null || !FieldSet.ours(live).covers(REPLICAS)) {
            return body;
        }
        Map<String, Object> spec = new LinkedHashMap<>(Look.map(body, "spec"));
        spec.put("replicas", replicas);
        Map<String, Object> kept = new LinkedHashMap<>(body);
        kept.put("spec", spec);
        return kept;
    }
}
