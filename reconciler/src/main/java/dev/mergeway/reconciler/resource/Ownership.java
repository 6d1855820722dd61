package dev.mergeway.reconciler.resource;

import dev.mergeway.schema.model.SpecKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    // Kubernetes: at most 63 characters, letters, digits, '-', '_' and '.', a letter or digit at both ends.
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    private static final int HEAD = 63 - 1 - 16;

    /** The labels that say this, each a valid Kubernetes label value of at most 63 characters. */
    public Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        names().forEach((label, name) -> labels.put(label, value(name)));
        labels.put("app.kubernetes.io/managed-by", "mergeway");
        if (stateful) {
            labels.put(STATEFUL, "true");
        }
        return labels;
    }

    /** The names in full, under the label's own key, where the label had to shorten them; mostly empty. */
    public Map<String, String> annotations() {
        Map<String, String> annotations = new TreeMap<>(names());
        annotations.values().removeIf(name -> value(name).equals(name));
        return annotations;
    }

    private Map<String, String> names() {
        return Map.of(ENVIRONMENT, spec.environment(), REPOSITORY, repository, KIND, spec.kind(), NAME, spec.name());
    }

    /**
     * A name as the value of a label: itself where that is allowed, else its beginning with what is not allowed made a
     * dash, and a hash of all of it. A value that it gives stays as it is when given again.
     */
    public static String value(String name) {
        if (name.isEmpty() || VALUE.matcher(name).matches()) {
            return name;
        }
        String safe = name.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[._-]+", "");
        String head = safe.substring(0, Math.min(HEAD, safe.length()));
        String hash = CanonicalJson.hash(name.getBytes(StandardCharsets.UTF_8));
        return head.isEmpty() ? hash : head + "-" + hash;
    }

    /** Whether both say the same on a resource, whether or not names had to be shortened for it. */
    public boolean sameAs(Ownership other) {
        return labels().equals(other.labels());
    }

    /** Whether both are of the same environment and repository, whether or not names had to be shortened. */
    public boolean heldWith(Ownership other) {
        return value(repository).equals(value(other.repository))
                && value(spec.environment()).equals(value(other.spec.environment()));
    }

    /** Who it is, for people: {@code shop-dev/Deployment/checkout of repository shop}. */
    public String title() {
        return spec + " of repository " + repository;
    }

    /** How a target names it among a difference's conflicts when a resource would change hands. */
    public String conflict() {
        return title() + ": the whole resource";
    }

    /** What the labels say, or empty where they are not (all) ours. Names that were shortened stay short. */
    public static Optional<Ownership> of(Map<String, ?> labels) {
        return of(labels, Map.of());
    }

    /** What the labels say, with names in full where the annotations have them; empty where the labels are not (all) ours. */
    public static Optional<Ownership> of(Map<String, ?> labels, Map<String, ?> annotations) {
        String environment = name(ENVIRONMENT, labels, annotations);
        String repository = name(REPOSITORY, labels, annotations);
        String kind = name(KIND, labels, annotations);
        String name = name(NAME, labels, annotations);
        if (environment.isEmpty() || repository.isEmpty() || kind.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        SpecKey spec = new SpecKey(environment, kind, name);
        return Optional.of(new Ownership(repository, spec, "true".equals(labels.get(STATEFUL))));
    }

    private static String name(String key, Map<String, ?> labels, Map<String, ?> annotations) {
        String label = text(labels.get(key));
        String full = text(annotations.get(key));
        // An annotation that does not belong to its label was put there by somebody else.
        return !full.isEmpty() && value(full).equals(label) ? full : label;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
