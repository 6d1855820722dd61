package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.Trees;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What expressions see beside their parameters. What is not set is absent, so that {@code has(…)} tells. */
final class Variables {
    private Variables() {}

    /** {@code metadata} of a spec of a kind. */
    static Map<String, Object> metadata(Spec spec, Environment environment) {
        return metadata(
                spec.metadata().name(),
                spec.metadata().labels(),
                spec.metadata().annotations(),
                spec,
                environment);
    }

    /** {@code metadata} of an entry of a spec's resources. */
    static Map<String, Object> metadata(String name, Map<String, Object> written, Spec spec, Environment environment) {
        return metadata(
                name, Trees.map(written.get("labels")), Trees.map(written.get("annotations")), spec, environment);
    }

    private static Map<String, Object> metadata(
            String name, Map<String, ?> labels, Map<String, ?> annotations, Spec spec, Environment environment) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("environment", environment.name());
        metadata.put("labels", new TreeMap<>(labels));
        metadata.put("annotations", new TreeMap<>(annotations));
        String own = spec.metadata().team();
        String team = own == null ? environment.spec().metadata().team() : own;
        if (team != null) {
            metadata.put("team", team);
        }
        return metadata;
    }

    /**
     * {@code workload}: the spec that asks, the Service of it and its ports by name, where it says them, and what it calls
     * the resource ({@code resource}; its own name for a kind).
     */
    static Map<String, Object> workload(Spec spec, String resource) {
        Map<String, Object> workload = new LinkedHashMap<>();
        workload.put("name", spec.metadata().name());
        workload.put("service", spec.metadata().name());
        workload.put("ports", ports(spec));
        workload.put("kind", spec.kind());
        workload.put("resource", resource);
        return workload;
    }

    private static Map<String, Object> ports(Spec spec) {
        Map<String, Object> ports = new TreeMap<>();
        Trees.map(Trees.map(spec.body().get("service")).get("ports")).forEach((name, port) -> {
            if (Trees.map(port).get("port") instanceof Long number) {
                ports.put(name, number);
            }
        });
        return ports;
    }
}
