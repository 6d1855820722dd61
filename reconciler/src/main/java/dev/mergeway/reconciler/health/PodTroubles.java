package dev.mergeway.reconciler.health;

import dev.mergeway.reconciler.resource.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What keeps a pod from running, in plain words.
 *
 * @param words names the pod, the container and the reason
 * @param lasting whether it does not pass by itself
 */
record PodTroubles(String words, boolean lasting) {
    /** A container that waits for another one may crash a few times at first and still come up. */
    private static final long CRASHES_THAT_PASS = 2;

    private static final int LONGEST_WORDS = 400;

    private static final Pattern LINES = Pattern.compile("\\s*\\R\\s*");

    private static final Pattern POD_SECURITY = Pattern.compile("violates PodSecurity \"([a-z]+):[^\"]*\": (.*)");
    private static final Pattern QUOTA =
            Pattern.compile("exceeded quota: ([^,]+), requested: (.+?), used: (.+?), limited: (.+)");

    /** The worst trouble of the pods among these, else what the newest warning says. */
    static Optional<PodTroubles> of(List<Map<String, Object>> related) {
        List<PodTroubles> troubles = new ArrayList<>();
        for (Map<String, Object> one : related) {
            if (Look.text(one, "kind").equals("Pod")) {
                of(one, related).ifPresent(troubles::add);
            }
        }
        return troubles.stream()
                .filter(PodTroubles::lasting)
                .findFirst()
                .or(() -> troubles.stream().findFirst())
                .or(() -> warning(related));
    }

    /** What is wrong with one pod; empty where nothing is known to be. */
    static Optional<PodTroubles> of(Map<String, Object> pod, List<Map<String, Object>> related) {
        String name = "pod " + Look.text(pod, "metadata", "name");
        Optional<PodTroubles> unscheduled = Conditions.named(pod, "PodScheduled")
                .filter(condition -> Conditions.is(condition, "False"))
                .map(condition ->
                        new PodTroubles(cut(name + " cannot be scheduled: " + Look.text(condition, "message")), false));
        if (unscheduled.isPresent()) {
            return unscheduled;
        }
        List<Map<String, Object>> containers = new ArrayList<>(Look.maps(pod, "status", "initContainerStatuses"));
        containers.addAll(Look.maps(pod, "status", "containerStatuses"));
        List<Map<String, Object>> events = events(related, pod);
        return containers.stream()
                .flatMap(container -> container(name, container, pod, events).stream())
                .findFirst()
                .or(() -> probe(name, pod, events));
    }

    /** The newest event, whatever it is about. */
    static Optional<Map<String, Object>> lastEvent(List<Map<String, Object>> related) {
        return related.stream()
                .filter(one -> Look.text(one, "kind").equals("Event"))
                .reduce((_, later) -> later);
    }

    /** Why pods may not be made, with a quota's numbers in order, and the way out of a Pod Security Standard. */
    static String refused(String message) {
        Matcher quota = QUOTA.matcher(message);
        if (quota.find()) {
            return "its pods do not fit the quota " + quota.group(1) + ": one more needs " + quota.group(2)
                    + ", used are " + quota.group(3) + " of " + quota.group(4)
                    + ". Ask for less, or for a larger quota";
        }
        Matcher standard = POD_SECURITY.matcher(message);
        if (standard.find()) {
            String looser = standard.group(1).equals("restricted")
                    ? ", or set spec.podSecurity: baseline in the environment"
                    : "";
            return cut("its pods break the Pod Security Standard '" + standard.group(1) + "': change "
                    + standard.group(2) + looser);
        }
        return cut("its pods cannot be made: " + message);
    }

    private static Optional<PodTroubles> container(
            String pod, Map<String, Object> container, Map<String, Object> body, List<Map<String, Object>> events) {
        String name = "container " + Look.text(container, "name") + " of " + pod;
        String waiting = Look.text(container, "state", "waiting", "reason");
        String message = Look.text(container, "state", "waiting", "message");
        return switch (waiting) {
            case "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "RegistryUnavailable" ->
                trouble(image(name, container, body, message, events), !waiting.equals("ErrImagePull"));
            case "CrashLoopBackOff" ->
                trouble(crash(name, container), Look.number(container, 0, "restartCount") > CRASHES_THAT_PASS);
            case "CreateContainerConfigError", "CreateContainerError", "RunContainerError", "PreCreateHookError" ->
                trouble(name + " cannot start: " + message, true);
            default -> ended(name, container);
        };
    }

    private static String image(
            String name,
            Map<String, Object> container,
            Map<String, Object> pod,
            String message,
            List<Map<String, Object>> events) {
        String why = events.stream()
                .filter(event -> Look.text(event, "message").startsWith("Failed to pull image"))
                .reduce((_, later) -> later)
                .map(event -> Look.text(event, "message"))
                .orElse(message);
        String image = Look.maps(pod, "spec", "containers").stream()
                .filter(one -> Look.text(one, "name").equals(Look.text(container, "name")))
                .map(one -> Look.text(one, "image"))
                .findFirst()
                .orElse(Look.text(container, "image"));
        return "the image " + image + " of " + name + " cannot be pulled" + (why.isEmpty() ? "" : ": " + why);
    }

    private static String crash(String name, Map<String, Object> container) {
        String killed =
                Look.text(container, "lastState", "terminated", "reason").equals("OOMKilled")
                        ? " used more memory than its limit allows and was killed"
                        : " keeps crashing";
        String words = Look.text(container, "lastState", "terminated", "message");
        return name + killed + " (exit code "
                + Look.number(container, 0, "lastState", "terminated", "exitCode") + ", restarted "
                + Look.number(container, 0, "restartCount") + " times)"
                + (words.isEmpty() ? "" : ": " + words.strip());
    }

    private static Optional<PodTroubles> ended(String name, Map<String, Object> container) {
        long code = Look.number(container, 0, "state", "terminated", "exitCode");
        String reason = Look.text(container, "state", "terminated", "reason");
        String message = Look.text(container, "state", "terminated", "message");
        return code == 0
                ? Optional.empty()
                : trouble(
                        name
                                + (reason.equals("OOMKilled")
                                        ? " used more memory than its limit allows and was killed"
                                        : " ended with exit code " + code)
                                + (message.isEmpty() ? "" : ": " + message.strip()),
                        false);
    }

    /** Running and yet not ready: a probe, or a volume that cannot be mounted. */
    private static Optional<PodTroubles> probe(String name, Map<String, Object> pod, List<Map<String, Object>> events) {
        if (Conditions.has(pod, "Ready", "True")) {
            return Optional.empty();
        }
        return events.stream()
                .filter(event -> Look.text(event, "type").equals("Warning"))
                .reduce((_, later) -> later)
                .flatMap(event -> trouble(
                        name
                                + (Look.text(event, "reason").equals("Unhealthy") ? " does not get ready: " : ": ")
                                + Look.text(event, "message"),
                        false));
    }

    private static Optional<PodTroubles> warning(List<Map<String, Object>> related) {
        return related.stream()
                .filter(one -> Look.text(one, "kind").equals("Event"))
                .filter(event -> Look.text(event, "type").equals("Warning"))
                .reduce((_, later) -> later)
                .map(event -> Look.text(event, "message"))
                .map(message ->
                        new PodTroubles(QUOTA.matcher(message).find() ? refused(message) : cut(message), false));
    }

    private static List<Map<String, Object>> events(List<Map<String, Object>> related, Map<String, Object> about) {
        String uid = Look.text(about, "metadata", "uid");
        return related.stream()
                .filter(one -> Look.text(one, "kind").equals("Event"))
                .filter(event -> Look.text(event, "involvedObject", "uid").equals(uid))
                .toList();
    }

    private static Optional<PodTroubles> trouble(String words, boolean lasting) {
        return Optional.of(new PodTroubles(cut(words), lasting));
    }

    /** One line of bearable length. What looks like a secret goes first: half of one would not look like one any more. */
    private static String cut(String text) {
        String words = LINES.matcher(Masking.of(text)).replaceAll(" ");
        return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + "…";
    }
}
