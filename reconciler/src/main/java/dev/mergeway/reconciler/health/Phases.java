package dev.mergeway.reconciler.health;

import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.HealthState.Status;
import dev.mergeway.reconciler.resource.Look;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the one word says by which many controllers sum up their object. */
final class Phases {
    /** Fields of the status that hold such a word, or an object that does. */
    private static final List<String> FIELDS = List.of(
            "phase",
            "state",
            "currentState",
            "status",
            "overallStatus",
            "updateStatus",
            "compliant",
            "health",
            "stage",
            "deploymentStatus",
            "applicationState");

    private static final Set<String> HEALTHY = words("running ready active available bound succeeded success successful"
            + " completed complete healthy exists established deployed installed operational initialized ok green"
            + " provisioned accepted compliant synced created online normal valid up finished");
    private static final Set<String> DEGRADED = words("failed failure error errored degraded configerror"
            + " crashloopbackoff lost invalid rejected unhealthy noncompliant red terminated stopping");
    private static final Set<String> SUSPENDED = words("paused suspended stopped disabled hibernated");
    private static final Set<String> MISSING = words("notfound missing");
    private static final Set<String> UNKNOWN = words("unknown");
    private static final Pattern BUSY = Pattern.compile(
            ".*ing|.*(pending|progress|waiting|updat|creat|provision|expand|scheduled|submitted).*|init.*|.*new");
    private static final Pattern BROKEN = Pattern.compile(".*(error|fail).*");
    private static final Pattern FINE = Pattern.compile("(?!.*not).*(running|ready)");

    private Phases() {}

    /** What the status' word says; empty where there is none that is understood. */
    static Optional<HealthState> judge(Map<String, Object> body) {
        Map<String, Object> status = Look.map(body, "status");
        for (String field : FIELDS) {
            String word = word(status, field);
            Optional<Status> verdict = verdict(word.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""));
            if (verdict.isPresent()) {
                return Optional.of(HealthRules.state(verdict.get(), message(status, verdict.get(), word)));
            }
        }
        return Optional.empty();
    }

    private static String word(Map<String, Object> status, String field) {
        if (!(status.get(field) instanceof Map<?, ?>)) {
            return Look.text(status, field);
        }
        for (String inner : List.of("state", "phase", "health")) {
            String word = Look.text(status, field, inner);
            if (!word.isEmpty()) {
                return word;
            }
        }
        return "";
    }

    private static String message(Map<String, Object> status, Status verdict, String word) {
        if (verdict == Status.HEALTHY) {
            return "";
        }
        for (String field : List.of("message", "reason", "errorMessage", "failureMessage", "error")) {
            String message = Look.text(status, field);
            if (!message.isEmpty()) {
                return word + ": " + message;
            }
        }
        return word;
    }

    private static Optional<Status> verdict(String word) {
        if (word.isEmpty()) {
            return Optional.empty();
        }
        if (HEALTHY.contains(word)) {
            return Optional.of(Status.HEALTHY);
        }
        if (DEGRADED.contains(word)) {
            return Optional.of(Status.DEGRADED);
        }
        if (SUSPENDED.contains(word)) {
            return Optional.of(Status.SUSPENDED);
        }
        if (MISSING.contains(word)) {
            return Optional.of(Status.MISSING);
        }
        if (UNKNOWN.contains(word)) {
            return Optional.of(Status.UNKNOWN);
        }
        return shape(word);
    }

    private static Optional<Status> shape(String word) {
        if (BUSY.matcher(word).matches()) {
            return Optional.of(Status.PROGRESSING);
        }
        if (BROKEN.matcher(word).matches()) {
            return Optional.of(Status.DEGRADED);
        }
        return FINE.matcher(word).matches() ? Optional.of(Status.HEALTHY) : Optional.empty();
    }

    private static Set<String> words(String text) {
        return Set.of(text.split(" ", -1));
    }
}
