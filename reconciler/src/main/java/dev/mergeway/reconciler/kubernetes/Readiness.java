package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.resource.Problem.Turn;
import dev.mergeway.schema.model.ResourceKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What others stand on must hold before they come: a CRD is established, a namespace takes objects. */
final class Readiness {
    /** A CRD is established within a second; its controller may be starting. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final Waits waits;

    Readiness(Waits waits) {
        this.waits = waits;
    }

    /**
     * What is missing yet after an object was applied, empty where nothing is.
     *
     * @param object its metadata at least
     */
    Optional<Problem> missing(ResourceKey key, Kind kind, Map<String, Object> object) throws Unreachable {
        return switch (key.type()) {
            case "apiextensions.k8s.io/v1/CustomResourceDefinition" ->
                waits.becomes(kind, "", key.name(), Readiness::established, READY_WITHIN)
                        ? Optional.empty()
                        : Optional.of(late(key, "is not established yet"));
            case "v1/Namespace" ->
                Look.at(object, "metadata", "deletionTimestamp") != null
                        ? Optional.of(late(key, "is being deleted"))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Problem late(ResourceKey key, String what) {
        return new Problem(Turn.PLATFORM, Refusals.name(key) + " " + what + ".", "", true);
    }

    private static boolean established(Map<String, Object> definition) {
        return Look.maps(definition, "status", "conditions").stream()
                .anyMatch(condition -> Look.text(condition, "type").equals("Established")
                        && Look.text(condition, "status").equals("True"));
    }
}
