package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Look;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the API server answered.
 *
 * @param code HTTP status
 * @param body the object, or the {@code Status} that says why not; empty where the answer was no JSON
 * @param pause how long the server asks us to wait before trying again, zero where it does not say
 * @param warnings what the server warns of though it did what was asked, in its own words
 * @param as the user that was impersonated for it, "" where it was asked as ourselves
 */
record Reply(int code, Map<String, Object> body, Duration pause, List<String> warnings, String as) {
    /** An apply that does not fit the schema is answered with 500 (seen with 1.35), though it never will fit. */
    private static final Pattern MISFIT =
            Pattern.compile("failed to create typed patch object|failed to convert new object");

    Reply {
        warnings = List.copyOf(warnings);
    }

    boolean ok() {
        return code >= 200 && code < 300;
    }

    boolean missing() {
        return code == 404;
    }

    /** Whether the server has no such path: what it does not serve, while an object that is missing has a {@code Status}. */
    boolean notServed() {
        return missing() && body.isEmpty();
    }

    /** The server's own words, "" where it had none. */
    String message() {
        return ok() ? "" : Look.text(body, "message");
    }

    String reason() {
        return ok() ? "" : Look.text(body, "reason");
    }

    /** Whether the server says that the object does not fit its kind's schema. */
    boolean misfit() {
        return !ok() && MISFIT.matcher(message()).find();
    }

    /** Whether another field manager owns what we want to set otherwise. */
    boolean fieldConflict() {
        return code == 409
                && Look.maps(body, "details", "causes").stream()
                        .anyMatch(cause -> Look.text(cause, "reason").equals("FieldManagerConflict"));
    }

    /** Whether the same request may succeed a moment later without anybody acting. */
    boolean passing() {
        return code == 429 || (code >= 500 && !misfit());
    }
}
