package dev.mergeway.reconciler.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Measured times in milliseconds. */
record Samples(List<Double> millis) {
    Samples {
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        millis = List.copyOf(sorted);
    }

    /** The value that this part of all is not above (nearest rank). */
    double quantile(double part) {
        return millis.get(Math.max(0, (int) Math.ceil(part * millis.size()) - 1));
    }

    double median() {
        return quantile(0.5);
    }

    /** {@code median 12 ms, p95 34 ms (20)}. */
    String text() {
        return String.format(
                Locale.ROOT, "median %.0f ms, p95 %.0f ms (of %d)", median(), quantile(0.95), millis.size());
    }
}
