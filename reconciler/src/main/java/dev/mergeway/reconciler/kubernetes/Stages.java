package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Ownership;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where that can be rehearsed which comes with its namespace: in one of ours that treats pods alike (Pod Security Admission
 * goes by a namespace's labels), so that the server warns as it would; else in {@code default}.
 *
 * @param byAwaited the stage, by the name of a namespace that is not there and comes
 */
record Stages(Map<String, String> byAwaited) {
    private static final String POD_SECURITY = "pod-security.kubernetes.io/";

    /** Every cluster has it, and hardly anything in it. */
    static final String ANYWHERE = "default";

    /** Stages for the namespaces that open members of a batch are in. */
    static Stages of(Api api, Kinds kinds, Batch batch, List<Desired> open) throws Unreachable {
        Set<String> used = new TreeSet<>();
        open.forEach(one -> used.add(one.key().namespace()));
        used.retainAll(batch.namespaces().keySet());
        Optional<Kind> kind = kinds.find("v1/Namespace");
        if (kind.isEmpty() || used.isEmpty()) {
            return new Stages(Map.of());
        }
        List<String> names = List.copyOf(used);
        List<Boolean> missing = Parallel.map(
                names,
                name -> api.send(Call.readMetadata(kind.get().path("", name)), Patience.SHORT)
                        .missing());
        Map<String, String> byAwaited = new HashMap<>();
        Map<Map<String, Object>, String> known = new HashMap<>();
        for (int index = 0; index < names.size(); index++) {
            if (missing.get(index)) {
                Map<String, Object> labels =
                        podSecurity(Objects.requireNonNull(batch.namespaces().get(names.get(index))));
                String stage = known.containsKey(labels) ? known.get(labels) : like(api, kind.get(), labels);
                known.put(labels, stage);
                byAwaited.put(names.get(index), stage);
            }
        }
        return new Stages(byAwaited);
    }

    private static Map<String, Object> podSecurity(Desired namespace) {
        Map<String, Object> labels = new TreeMap<>(Look.map(namespace.body(), "metadata", "labels"));
        labels.keySet().removeIf(label -> !label.startsWith(POD_SECURITY));
        return labels;
    }

    /** Any namespace of ours with these labels that is not on its way out. */
    private static String like(Api api, Kind kind, Map<String, Object> labels) throws Unreachable {
        if (labels.isEmpty()) {
            return ANYWHERE;
        }
        String selector = labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(",", "", "," + Ownership.ENVIRONMENT));
        Map<String, String> query = new LinkedHashMap<>();
        query.put("labelSelector", selector);
        query.put("limit", "5");
        Reply found = api.send(Call.listMetadata(Call.query(kind.path(""), query)), Patience.SHORT);
        return Look.maps(found.body(), "items").stream()
                .filter(item -> Look.at(item, "metadata", "deletionTimestamp") == null)
                .map(item -> Look.text(item, "metadata", "name"))
                .findFirst()
                .orElse(ANYWHERE);
    }
}
