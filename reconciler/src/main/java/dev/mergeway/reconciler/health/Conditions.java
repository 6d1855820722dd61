package dev.mergeway.reconciler.health;

import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.HealthState.Status;
import dev.mergeway.reconciler.resource.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What conditions say, by the conventions of the Kubernetes API and of kstatus (Ready, Stalled, Reconciling) and by how
 * controllers name them in practice: a type tells whether true is good, bad or merely busy.
 */
final class Conditions {
    /** True is bad. */
    private static final Pattern BAD = Pattern.compile("(Stalled|Degraded|Invalid|NotReady|HasErrors|Conflicted"
            + "|.*(Fail(ed|ure)?|Errors?|ErrorOccurred|FailedCreatePod)|(Error|Failed).*)");

    /** True is good; the end of the name counts, so that {@code DaemonServiceHealthy} is read as {@code Healthy}. */
    private static final Pattern GOOD =
            Pattern.compile("(?!Partially|Not).*(Ready|Available|Health(y)?|Synced|Succeeded"
                    + "|Success|Complete(d)?|Established|Accepted|Programmed|ResolvedRefs|Valid|Reconciled|Deployed|Configured"
                    + "|Applied|Synchronized|UpToDate|Compliant|Initialized|Provisioned|Validated|Admitted|Running|Launched"
                    + "|Active|Registered|Advertised|Adopted|Discoverable|Created|Bound)");

    /** True means that something is going on. */
    private static final Pattern BUSY =
            Pattern.compile("Progressing|Reconciling|Issuing|RollingUpdate|Updating|Creating"
                    + "|Upgrading|Deploying|Installing|Pending|RolloutProgressing");

    /** True means that somebody stopped it. */
    private static final Pattern HALTED = Pattern.compile("Paused|Suspended|Ignored|Disrupting");

    /** Reasons by which a condition that is not true yet is waiting rather than failed. */
    private static final Pattern WAITING = Pattern.compile("(?i).*(progressing(?!WithRetry)|pending|waiting|reconciling"
            + "|creating|initiali[sz]ing|installing|provisioning$|(Set|Pods|Deployment|Replicas)NotReady|NotComplete"
            + "|NotAll|cloning|scheduling|NotRunning|starting|deploying|upgrading|updating|inprogress|NoEndpoints"
            + "|being created).*");

    /** The conditions that sum up all others, the most telling first. */
    private static final List<String> SUMMARIES =
            List.of("Ready", "Available", "Healthy", "Succeeded", "Complete", "Completed");

    private Conditions() {}

    /** All conditions of an object, those of its parents or ancestors (Gateway API) too. */
    static List<Map<String, Object>> all(Map<String, Object> body) {
        List<Map<String, Object>> all = new ArrayList<>(Look.maps(body, "status", "conditions"));
        all.addAll(Look.maps(body, "status", "conditionedStatus", "conditions"));
        for (String above : List.of("parents", "ancestors")) {
            Look.maps(body, "status", above).forEach(one -> all.addAll(Look.maps(one, "conditions")));
        }
        return all;
    }

    /** Whether the condition has this status; some controllers write a boolean. */
    static boolean is(Map<String, Object> condition, String status) {
        return Look.text(condition, "status").equalsIgnoreCase(status);
    }

    /** The first condition of that type. */
    static Optional<Map<String, Object>> named(Map<String, Object> body, String type) {
        return all(body).stream()
                .filter(condition -> type(condition).equals(type))
                .findFirst();
    }

    /** Whether there is such a condition with that status. */
    static boolean has(Map<String, Object> body, String type, String status) {
        return named(body, type).filter(condition -> is(condition, status)).isPresent();
    }

    /** A verdict with the condition's own words. */
    static HealthState state(Status status, Map<String, Object> condition) {
        String message = Look.text(condition, "message");
        String reason = Look.text(condition, "reason");
        String type = type(condition) + " is " + Look.text(condition, "status");
        String words = message.isEmpty() ? type + (reason.isEmpty() ? "" : " (" + reason + ")") : message;
        return HealthRules.state(status, status == Status.HEALTHY ? "" : words);
    }

    /** What all of them say together; empty where none is understood. */
    static Optional<HealthState> judge(Map<String, Object> body) {
        List<Map<String, Object>> all = all(body);
        return bad(all).or(() -> halted(all)).or(() -> summary(all)).or(() -> details(all));
    }

    private static Optional<HealthState> bad(List<Map<String, Object>> all) {
        return first(all, one -> is(one, "True") && BAD.matcher(type(one)).matches())
                .map(one -> state(Status.DEGRADED, one));
    }

    private static Optional<HealthState> halted(List<Map<String, Object>> all) {
        return first(all, one -> type(one).equals("Synced") && is(one, "False"))
                .map(one ->
                        state(Look.text(one, "reason").contains("Paused") ? Status.SUSPENDED : Status.DEGRADED, one))
                .or(() -> first(
                                all,
                                one -> is(one, "True")
                                        && HALTED.matcher(type(one)).matches())
                        .map(one -> state(Status.SUSPENDED, one)));
    }

    private static Optional<HealthState> summary(List<Map<String, Object>> all) {
        for (String type : SUMMARIES) {
            Optional<Map<String, Object>> summary = first(all, one -> type(one).equals(type));
            if (summary.isPresent()) {
                return Optional.of(verdict(summary.get(), busy(all).isPresent()));
            }
        }
        return busy(all).map(one -> state(Status.PROGRESSING, one));
    }

    private static Optional<HealthState> details(List<Map<String, Object>> all) {
        List<HealthState> verdicts = all.stream()
                .filter(one -> GOOD.matcher(type(one)).matches())
                .map(one -> verdict(one, false))
                .toList();
        return verdicts.stream()
                .filter(verdict -> verdict.status() == Status.DEGRADED)
                .findFirst()
                .or(() -> verdicts.stream()
                        .filter(verdict -> verdict.status() != Status.HEALTHY)
                        .findFirst())
                .or(() -> verdicts.stream().findFirst())
                .or(() -> first(all, one -> type(one).equals("PartiallyReady") && is(one, "True"))
                        .map(one -> state(Status.DEGRADED, one)));
    }

    private static HealthState verdict(Map<String, Object> good, boolean busy) {
        if (is(good, "True")) {
            return state(Status.HEALTHY, good);
        }
        boolean waiting = busy || WAITING.matcher(Look.text(good, "reason")).matches();
        return state(is(good, "Unknown") || waiting ? Status.PROGRESSING : Status.DEGRADED, good);
    }

    /** Flux says that it is reconciling while it retries what failed: that is no progress. */
    private static Optional<Map<String, Object>> busy(List<Map<String, Object>> all) {
        boolean retrying = all.stream().anyMatch(one -> Look.text(one, "reason").equals("ProgressingWithRetry"));
        return retrying
                ? Optional.empty()
                : first(all, one -> is(one, "True") && BUSY.matcher(type(one)).matches());
    }

    private static Optional<Map<String, Object>> first(
            List<Map<String, Object>> all, Predicate<Map<String, Object>> test) {
        return all.stream().filter(test).findFirst();
    }

    private static String type(Map<String, Object> condition) {
        return Look.text(condition, "type");
    }
}
