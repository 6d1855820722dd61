package dev.mergeway.reconciler.resource;

import dev.mergeway.schema.model.SpecKey;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who a live resource belongs to, as written on the resource itself: so that the inventory is found again by labels
 * when the database is lost.
 *
 * @param repository name of the configured repository
 * @param spec the spec that asked for it
 * @param stateful whether deleting it loses data; written down so that a deletion never needs the blueprint
 */
public record Ownership(String repository, SpecKey spec, boolean stateful) {
    /** Label of everything that Mergeway manages; its value is the environment. */
    public static final String ENVIRONMENT = "mergeway.dev/environment";

    public static final String REPOSITORY = "mergeway.dev/repository";
    public static final String KIND = "mergeway.dev/kind";
    public static final String NAME = "mergeway.dev/name";
    public static final String STATEFUL = "mergeway.dev/stateful";

    /** The labels that say this, each a valid Kubernetes label value of at most 63 characters. */
    public Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        labels.put(ENVIRONMENT, spec.environment());
        labels.put(REPOSITORY, repository);
        labels.put(KIND, spec.kind());
        labels.put(NAME, spec.name());
        labels.put("app.kubernetes.io/managed-by", "mergeway");
        if (stateful) {
            labels.put(STATEFUL, "true");
        }
        return labels;
    }

    /** What the labels say, or empty where they are not (all) ours. */
    public static Optional<Ownership> of(Map<String, ?> labels) {
        Object environment = labels.get(ENVIRONMENT);
        Object repository = labels.get(REPOSITORY);
        Object kind = labels.get(KIND);
        Object name = labels.get(NAME);
        if (environment == null || repository == null || kind == null || name == null) {
            return Optional.empty();
        }
        SpecKey spec = new SpecKey(environment.toString(), kind.toString(), name.toString());
        return Optional.of(new Ownership(repository.toString(), spec, "true".equals(labels.get(STATEFUL))));
    }
}
