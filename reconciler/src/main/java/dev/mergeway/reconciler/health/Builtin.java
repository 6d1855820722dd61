package dev.mergeway.reconciler.health;

import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.HealthState.Status;
import dev.mergeway.reconciler.resource.Look;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds that come with Kubernetes and say of their health what no general reading finds. */
final class Builtin {
    private Builtin() {}

    /** The verdict; empty where it is no such kind. */
    static Optional<HealthState> judge(Map<String, Object> body, List<Map<String, Object>> related) {
        return Optional.ofNullable(
                switch (Look.text(body, "apiVersion") + "/" + Look.text(body, "kind")) {
                    case "apps/v1/Deployment" -> Workloads.deployment(body, related);
                    case "apps/v1/StatefulSet" -> Workloads.statefulSet(body, related);
                    case "apps/v1/DaemonSet" -> Workloads.daemonSet(body, related);
                    case "apps/v1/ReplicaSet" -> Workloads.replicaSet(body, related);
                    case "v1/Pod" -> Workloads.pod(body, related);
                    case "batch/v1/Job" -> job(body, related);
                    case "batch/v1/CronJob" -> cronJob(body);
                    case "v1/PersistentVolumeClaim" -> claim(body, related);
                    case "v1/Service" -> service(body, related);
                    case "v1/Namespace" -> namespace(body);
                    case "policy/v1/PodDisruptionBudget" -> budget(body);
                    case "autoscaling/v1/HorizontalPodAutoscaler", "autoscaling/v2/HorizontalPodAutoscaler" ->
                        autoscaler(body);
                    case "apiextensions.k8s.io/v1/CustomResourceDefinition" -> definition(body);
                    case "networking.k8s.io/v1/Ingress" -> HealthState.HEALTHY;
                    default -> null;
                });
    }

    private static HealthState job(Map<String, Object> body, List<Map<String, Object>> related) {
        if (Conditions.has(body, "Complete", "True")) {
            return HealthState.HEALTHY;
        }
        Optional<Map<String, Object>> failed =
                Conditions.named(body, "Failed").filter(condition -> Conditions.is(condition, "True"));
        if (failed.isPresent()) {
            String pods = PodTroubles.of(related)
                    .map(trouble -> ": " + trouble.words())
                    .orElse("");
            return HealthRules.state(Status.DEGRADED, Look.text(failed.get(), "message") + pods);
        }
        if (Look.yes(body, "spec", "suspend")) {
            return HealthRules.state(Status.SUSPENDED, "it is suspended");
        }
        return Workloads.waiting("it is running", related);
    }

    private static HealthState cronJob(Map<String, Object> body) {
        if (Look.yes(body, "spec", "suspend")) {
            return HealthRules.state(Status.HEALTHY, "it is suspended");
        }
        String scheduled = Look.text(body, "status", "lastScheduleTime");
        String succeeded = Look.text(body, "status", "lastSuccessfulTime");
        // RFC 3339 times of one zone and precision are in the order of their texts.
        boolean failed = !succeeded.isEmpty()
                && succeeded.compareTo(scheduled) < 0
                && Look.list(body, "status", "active").isEmpty();
        return failed
                ? HealthRules.state(Status.DEGRADED, "its last run (" + scheduled + ") did not succeed")
                : HealthState.HEALTHY;
    }

    private static HealthState claim(Map<String, Object> body, List<Map<String, Object>> related) {
        return switch (Look.text(body, "status", "phase")) {
            case "Bound" -> HealthState.HEALTHY;
            case "Lost" -> HealthRules.state(Status.DEGRADED, "its volume is lost");
            default -> {
                Optional<Map<String, Object>> event = PodTroubles.lastEvent(related);
                boolean waits = event.filter(last -> Look.text(last, "reason").equals("WaitForFirstConsumer"))
                        .isPresent();
                String why =
                        event.map(last -> ": " + Look.text(last, "message")).orElse("");
                yield waits
                        ? HealthRules.state(Status.HEALTHY, "its volume is made when a pod uses it")
                        : HealthRules.state(Status.PROGRESSING, "it has no volume yet" + why);
            }
        };
    }

    private static HealthState service(Map<String, Object> body, List<Map<String, Object>> related) {
        boolean balanced = Look.text(body, "spec", "type").equals("LoadBalancer");
        if (!balanced || !Look.list(body, "status", "loadBalancer", "ingress").isEmpty()) {
            return HealthState.HEALTHY;
        }
        String why = PodTroubles.lastEvent(related)
                .filter(event -> Look.text(event, "type").equals("Warning"))
                .map(event -> ": " + Look.text(event, "message"))
                .orElse("");
        return HealthRules.state(Status.PROGRESSING, "its load balancer has no address yet" + why);
    }

    private static HealthState namespace(Map<String, Object> body) {
        return Look.text(body, "status", "phase").equals("Terminating")
                ? HealthRules.state(Status.PROGRESSING, "it is being deleted")
                : HealthState.HEALTHY;
    }

    private static HealthState budget(Map<String, Object> body) {
        if (Generations.silent(body)) {
            return HealthRules.state(Status.PROGRESSING, "its controller has not reported yet");
        }
        return Conditions.all(body).stream()
                .filter(condition -> Conditions.is(condition, "False"))
                .filter(condition -> Look.text(condition, "reason").equals("SyncFailed"))
                .findFirst()
                .map(condition -> Conditions.state(Status.DEGRADED, condition))
                .orElse(HealthState.HEALTHY);
    }

    private static HealthState autoscaler(Map<String, Object> body) {
        Optional<Map<String, Object>> trouble = Conditions.all(body).stream()
                .filter(condition -> Conditions.is(condition, "False"))
                .filter(condition -> Look.text(condition, "reason").matches("Failed.*|Invalid.*"))
                .findFirst();
        // Metrics of new pods come a minute late: that passes by itself, unlike a target that is not there.
        return trouble.map(condition -> Conditions.state(
                        Look.text(condition, "reason").matches("FailedGet.*Metric.*|FailedComputeMetricsReplicas")
                                ? Status.PROGRESSING
                                : Status.DEGRADED,
                        condition))
                .orElse(HealthState.HEALTHY);
    }

    private static HealthState definition(Map<String, Object> body) {
        if (Conditions.has(body, "Established", "True")) {
            return HealthState.HEALTHY;
        }
        return Conditions.named(body, "NamesAccepted")
                .filter(condition -> Conditions.is(condition, "False"))
                .map(condition -> Conditions.state(Status.DEGRADED, condition))
                .orElse(HealthRules.state(Status.PROGRESSING, "it is not established yet"));
    }
}
