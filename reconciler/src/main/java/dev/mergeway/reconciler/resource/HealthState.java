package dev.mergeway.reconciler.resource;

/**
 * How a resource is doing.
 *
 * @param status the verdict
 * @param message why, in plain words; "" where there is nothing to say
 */
public record HealthState(Status status, String message) {
    public static final HealthState HEALTHY = new HealthState(Status.HEALTHY, "");

    /** Verdicts as operators know them, best first: the health of many is the worst of them. */
    public enum Status {
        HEALTHY("Healthy"),
        SUSPENDED("Suspended"),
        PROGRESSING("Progressing"),
        MISSING("Missing"),
        DEGRADED("Degraded"),
        UNKNOWN("Unknown");

        private final String label;

        Status(String label) {
            this.label = label;
        }

        /** As in the API: {@code Healthy Progressing Degraded Suspended Missing Unknown}. */
        public String label() {
            return label;
        }
    }
}
