package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Problem;
import java.util.Optional;

/** What Kubernetes removes by itself: it would be missed, made again, and run again, for ever. */
final class Fleeting {
    private static final String SECONDS = "ttlSecondsAfterFinished";

    private Fleeting() {}

    /** Why an object would not stay, empty where it would. */
    static Optional<Problem> problem(Desired desired) {
        boolean removed =
                desired.key().type().equals("batch/v1/Job") && Look.at(desired.body(), "spec", SECONDS) != null;
        return removed
                ? Optional.of(Refusals.author(
                        "Kubernetes removes " + Refusals.name(desired.key())
                                + " some time after it has finished (spec." + SECONDS
                                + "), and it would be made and run again each time. Leave spec." + SECONDS
                                + " out: the Job is removed when it is removed here.",
                        "/spec/" + SECONDS))
                : Optional.empty();
    }
}
