package dev.mergeway.reconciler.health;

import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.HealthState.Status;
import dev.mergeway.reconciler.resource.Look;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What runs pods: how far a rollout is, and what holds it up. */
final class Workloads {
    private Workloads() {}

    static HealthState deployment(Map<String, Object> body, List<Map<String, Object>> related) {
        if (Look.yes(body, "spec", "paused")) {
            return HealthRules.state(Status.SUSPENDED, "its rollout is paused");
        }
        boolean late = Conditions.named(body, "Progressing")
                .filter(condition -> Look.text(condition, "reason").equals("ProgressDeadlineExceeded"))
                .isPresent();
        if (late) {
            String seconds = String.valueOf(Look.number(body, 600, "spec", "progressDeadlineSeconds"));
            return degraded("its rollout made no progress for " + seconds + " s", related);
        }
        Optional<HealthState> failure = failure(body);
        if (failure.isPresent()) {
            return failure.get();
        }
        long wanted = Look.number(body, 1, "spec", "replicas");
        long updated = count(body, "updatedReplicas");
        if (updated < wanted) {
            return waiting(updated + " of " + wanted + " pods are of the new version", related);
        }
        long old = count(body, "replicas") - updated;
        if (old > 0) {
            return waiting(old + " pods of the old version are still there", related);
        }
        return available(Math.min(updated, wanted), count(body, "availableReplicas"), related);
    }

    static HealthState statefulSet(Map<String, Object> body, List<Map<String, Object>> related) {
        long wanted = Look.number(body, 1, "spec", "replicas");
        long ready = count(body, "readyReplicas");
        if (Look.text(body, "spec", "updateStrategy", "type").equals("OnDelete")) {
            return available(wanted, ready, related);
        }
        long partition = Look.number(body, 0, "spec", "updateStrategy", "rollingUpdate", "partition");
        long updated = count(body, "updatedReplicas");
        boolean same = Look.text(body, "status", "currentRevision").equals(Look.text(body, "status", "updateRevision"));
        if (!same && updated < wanted - partition) {
            return waiting(updated + " of " + (wanted - partition) + " pods are of the new version", related);
        }
        return available(wanted, ready, related);
    }

    static HealthState daemonSet(Map<String, Object> body, List<Map<String, Object>> related) {
        long wanted = count(body, "desiredNumberScheduled");
        if (!Look.text(body, "spec", "updateStrategy", "type").equals("OnDelete")) {
            long updated = count(body, "updatedNumberScheduled");
            if (updated < wanted) {
                return waiting(updated + " of " + wanted + " pods are of the new version", related);
            }
        }
        return available(wanted, count(body, "numberAvailable"), related);
    }

    static HealthState replicaSet(Map<String, Object> body, List<Map<String, Object>> related) {
        return failure(body)
                .orElseGet(() ->
                        available(Look.number(body, 1, "spec", "replicas"), count(body, "availableReplicas"), related));
    }

    static HealthState pod(Map<String, Object> body, List<Map<String, Object>> related) {
        String phase = Look.text(body, "status", "phase");
        if (phase.equals("Succeeded") || Conditions.has(body, "Ready", "True")) {
            return HealthState.HEALTHY;
        }
        Optional<PodTroubles> trouble = PodTroubles.of(body, related);
        if (phase.equals("Failed")) {
            String why = Look.text(body, "status", "message");
            return HealthRules.state(
                    Status.DEGRADED, trouble.map(PodTroubles::words).orElse(why.isEmpty() ? "it failed" : why));
        }
        return trouble.map(one -> HealthRules.state(one.lasting() ? Status.DEGRADED : Status.PROGRESSING, one.words()))
                .orElse(HealthRules.state(Status.PROGRESSING, "it is not ready yet"));
    }

    /** On its way, unless a pod is in trouble that does not pass by itself. */
    static HealthState waiting(String how, List<Map<String, Object>> related) {
        Optional<PodTroubles> trouble = PodTroubles.of(related);
        boolean lasting = trouble.filter(PodTroubles::lasting).isPresent();
        return HealthRules.state(
                lasting ? Status.DEGRADED : Status.PROGRESSING,
                how + trouble.map(one -> ": " + one.words()).orElse(""));
    }

    private static HealthState degraded(String how, List<Map<String, Object>> related) {
        return HealthRules.state(
                Status.DEGRADED,
                how + PodTroubles.of(related).map(one -> ": " + one.words()).orElse(""));
    }

    private static HealthState available(long wanted, long available, List<Map<String, Object>> related) {
        return available >= wanted
                ? HealthState.HEALTHY
                : waiting(available + " of " + wanted + " pods are available", related);
    }

    /** Its controller may not make pods: quota, admission. */
    private static Optional<HealthState> failure(Map<String, Object> body) {
        return Conditions.named(body, "ReplicaFailure")
                .filter(condition -> Conditions.is(condition, "True"))
                .map(condition ->
                        HealthRules.state(Status.DEGRADED, PodTroubles.refused(Look.text(condition, "message"))));
    }

    private static long count(Map<String, Object> body, String field) {
        return Look.number(body, 0, "status", field);
    }
}
