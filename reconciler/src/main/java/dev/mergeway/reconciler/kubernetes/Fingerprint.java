package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Look;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A text that changes with everything of a live object that an apply could change, and not with its status: so that a
 * Deployment whose pods come and go is still known to be in sync. Made of metadata alone.
 */
final class Fingerprint {
    private Fingerprint() {}

    static String of(Map<String, Object> object) {
        Map<String, Object> metadata = Look.map(object, "metadata");
        Map<String, Object> parts = new LinkedHashMap<>();
        for (String part :
                new String[] {"uid", "generation", "labels", "annotations", "finalizers", "deletionTimestamp"}) {
            Object value = part.equals("annotations") ? annotations(metadata) : metadata.get(part);
            if (value != null) {
                parts.put(part, value);
            }
        }
        parts.put("written", written(metadata));
        return Marks.shortHash(Json.write(parts));
    }

    /**
     * Who wrote which fields when, but for what went into the status. Whoever changes a field of ours takes it out of our
     * entry (server-side apply, "Field management"), so that times of whole seconds are enough. The generation alone would
     * not do: many kinds have none (Service, HorizontalPodAutoscaler, ConfigMap …), and that of a PriorityClass or a
     * CSIDriver stands while it is edited (seen with 1.35).
     */
    private static Object written(Map<String, Object> metadata) {
        List<Map<String, Object>> entries = Look.maps(metadata, "managedFields").stream()
                .filter(entry -> !Look.text(entry, "subresource").equals("status"))
                .toList();
        return entries.isEmpty() ? Look.text(metadata, "resourceVersion") : entries;
    }

    /** The controller counts revisions of a Deployment there: it moves after every change of the pod template. */
    private static Map<String, Object> annotations(Map<String, Object> metadata) {
        Map<String, Object> annotations = new LinkedHashMap<>(Look.map(metadata, "annotations"));
        annotations.remove("deployment.kubernetes.io/revision");
        return annotations;
    }
}
