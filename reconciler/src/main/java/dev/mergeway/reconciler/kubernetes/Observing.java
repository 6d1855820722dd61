package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Observation;
import dev.mergeway.schema.model.ResourceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A live object with what explains its health: its newest pods, and what was said about them and itself. */
final class Observing {
    /** Enough to find one that is in trouble; a rollout's pods mostly share their trouble. */
    private static final int MOST_PODS = 100;

    private static final int PODS_SHOWN = 10;
    private static final int PODS_WITH_EVENTS = 3;
    private static final int EVENTS_SHOWN = 20;

    /** The server gives them by name, which says nothing of when: the newest are found among all of an hour (its default). */
    private static final int MOST_EVENTS = 500;

    private static final Set<String> WORKLOADS =
            Set.of("apps/v1/Deployment", "apps/v1/StatefulSet", "apps/v1/DaemonSet", "apps/v1/ReplicaSet");

    private final Api api;

    Observing(Api api) {
        this.api = api;
    }

    Optional<Observation> observe(ResourceKey key, Kind kind) throws Unreachable {
        Reply reply = api.send(Call.read(kind.path(key.namespace(), key.name())), Patience.SHORT);
        if (reply.missing()) {
            return Optional.empty();
        }
        if (!reply.ok()) {
            throw new Unreachable(
                    Refusals.name(key) + " cannot be read: " + reply.message(),
                    reply.passing(),
                    new IllegalStateException("HTTP " + reply.code()));
        }
        Live live = new Live(key, reply.body(), Look.text(reply.body(), "metadata", "resourceVersion"));
        List<Map<String, Object>> related = new ArrayList<>(related(key, reply.body()));
        related.sort(Comparator.comparing(Observing::when)); // what is no event first, then the newest event last
        return Optional.of(new Observation(live, related));
    }

    private static String when(Map<String, Object> related) {
        return Look.text(related, "kind").equals("Event") ? time(related) : "";
    }

    private List<Map<String, Object>> related(ResourceKey key, Map<String, Object> object) throws Unreachable {
        if (key.namespace().isEmpty() || settled(key, object) || !begun(key, object)) {
            return List.of();
        }
        List<Map<String, Object>> related = new ArrayList<>();
        switch (key.type()) {
            case "apps/v1/Deployment" -> {
                List<Map<String, Object>> sets = owned(key, "/apis/apps/v1", "replicasets", object, object);
                Optional<Map<String, Object>> newest = sets.stream().max(Comparator.comparingLong(Observing::revision));
                if (newest.isPresent()) {
                    related.add(newest.get());
                    pods(key, object, newest.get(), related);
                    related.addAll(events(key, newest.get()));
                }
            }
            case "apps/v1/StatefulSet", "apps/v1/DaemonSet", "apps/v1/ReplicaSet", "batch/v1/Job" ->
                pods(key, object, object, related);
            case "v1/Pod", "v1/PersistentVolumeClaim", "v1/Service" -> {}
            default -> {
                return List.of(); // says of itself how it is
            }
        }
        related.addAll(events(key, object));
        return related;
    }

    /** Before its controller has seen it as it is, its pods tell of what was before. */
    private static boolean begun(ResourceKey key, Map<String, Object> object) {
        return !WORKLOADS.contains(key.type()) || observed(object);
    }

    private static boolean observed(Map<String, Object> object) {
        return Look.number(object, 0, "status", "observedGeneration")
                >= Look.number(object, 0, "metadata", "generation");
    }

    /** Where the status says that all is as it should be, nobody asks why not. */
    private static boolean settled(ResourceKey key, Map<String, Object> object) {
        boolean observed = observed(object);
        long wanted = Look.number(object, 1, "spec", "replicas");
        return switch (key.type()) {
            case "apps/v1/Deployment", "apps/v1/StatefulSet", "apps/v1/ReplicaSet" ->
                observed
                        && Look.number(object, 0, "status", "replicas") == wanted
                        && Look.number(object, 0, "status", "availableReplicas") == wanted;
            case "apps/v1/DaemonSet" ->
                observed
                        && Look.number(object, 0, "status", "numberAvailable")
                                == Look.number(object, 0, "status", "desiredNumberScheduled");
            case "v1/Service" -> !Look.text(object, "spec", "type").equals("LoadBalancer");
            default -> false;
        };
    }

    /** The pods of the owner, those in trouble first and with their events. */
    private void pods(
            ResourceKey key,
            Map<String, Object> selecting,
            Map<String, Object> owner,
            List<Map<String, Object>> related)
            throws Unreachable {
        List<Map<String, Object>> pods = new ArrayList<>(owned(key, "/api/v1", "pods", selecting, owner));
        pods.sort(Comparator.comparing(Observing::ready));
        List<Map<String, Object>> shown = pods.subList(0, Math.min(PODS_SHOWN, pods.size()));
        related.addAll(shown);
        for (Map<String, Object> pod : shown.subList(0, Math.min(PODS_WITH_EVENTS, shown.size()))) {
            if (!ready(pod)) {
                related.addAll(events(key, pod));
            }
        }
    }

    private List<Map<String, Object>> owned(
            ResourceKey key, String root, String plural, Map<String, Object> selecting, Map<String, Object> owner)
            throws Unreachable {
        String selector = Look.map(selecting, "spec", "selector", "matchLabels").entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
        Map<String, String> query = new LinkedHashMap<>();
        query.put("labelSelector", selector);
        query.put("limit", String.valueOf(MOST_PODS));
        String uid = Look.text(owner, "metadata", "uid");
        boolean set = plural.equals("replicasets");
        return items(root + "/namespaces/" + key.namespace() + "/" + plural, query).stream()
                .filter(item -> Look.maps(item, "metadata", "ownerReferences").stream()
                        .anyMatch(reference -> Look.text(reference, "uid").equals(uid)))
                .map(item -> lean(item, set ? "apps/v1" : "v1", set ? "ReplicaSet" : "Pod"))
                .toList();
    }

    private List<Map<String, Object>> events(ResourceKey key, Map<String, Object> about) throws Unreachable {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("fieldSelector", "involvedObject.uid=" + Look.text(about, "metadata", "uid"));
        query.put("limit", String.valueOf(MOST_EVENTS));
        List<Map<String, Object>> events =
                new ArrayList<>(items("/api/v1/namespaces/" + key.namespace() + "/events", query));
        events.sort(Comparator.comparing(Observing::time));
        return events.subList(Math.max(0, events.size() - EVENTS_SHOWN), events.size()).stream()
                .map(event -> lean(event, "v1", "Event"))
                .toList();
    }

    /** What may not be listed explains nothing, and that is no reason to say nothing at all. */
    private List<Map<String, Object>> items(String path, Map<String, String> query) throws Unreachable {
        return Look.maps(
                api.send(Call.read(Call.query(path, query)), Patience.SHORT).body(), "items");
    }

    /** Items of a list do not say what they are; and their managed fields are long. */
    private static Map<String, Object> lean(Map<String, Object> item, String apiVersion, String kind) {
        Map<String, Object> metadata = new LinkedHashMap<>(Look.map(item, "metadata"));
        metadata.remove("managedFields");
        Map<String, Object> lean = new LinkedHashMap<>();
        lean.put("apiVersion", apiVersion);
        lean.put("kind", kind);
        lean.putAll(item);
        lean.put("metadata", metadata);
        return lean;
    }

    private static boolean ready(Map<String, Object> pod) {
        return Look.maps(pod, "status", "conditions").stream()
                .anyMatch(condition -> Look.text(condition, "type").equals("Ready")
                        && Look.text(condition, "status").equals("True"));
    }

    private static long revision(Map<String, Object> set) {
        String revision = Look.text(set, "metadata", "annotations", "deployment.kubernetes.io/revision");
        return revision.matches("\\d{1,18}") ? Long.parseLong(revision) : 0;
    }

    private static String time(Map<String, Object> event) {
        String again = Look.text(event, "series", "lastObservedTime");
        if (!again.isEmpty()) {
            return again;
        }
        for (String field : new String[] {"lastTimestamp", "eventTime", "firstTimestamp"}) {
            String time = Look.text(event, field);
            if (!time.isEmpty()) {
                return time;
            }
        }
        return Look.text(event, "metadata", "creationTimestamp");
    }
}
