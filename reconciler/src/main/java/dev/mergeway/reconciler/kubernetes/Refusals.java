package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.resource.Problem.Turn;
import dev.mergeway.schema.model.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why the API server would not have it, and whose turn it is. */
final class Refusals {
    private static final Pattern RIGHTS = Pattern.compile("User \"[^\"]*\" cannot (\\w+) resource");
    private static final Pattern QUOTA =
            Pattern.compile("exceeded quota: ([^,]+), requested: (.+), used: (.+), limited: (.+)");
    private static final Pattern WEBHOOK = Pattern.compile("failed calling webhook \"([^\"]*)\": (.+)");
    private static final Pattern MISFIT = Pattern.compile("(?:\\): |\\n\\s*)(\\.[^\\n]+?): ([^\\n:]+[^\\n]*)");

    /** Words by which validation says that a field cannot be changed in place (k8s.io/kubernetes/pkg/apis, 1.35). */
    private static final Pattern IMMUTABLE =
            Pattern.compile("immutable|may not change once set|cannot change roleRef|updates to .* are forbidden"
                    + "|may not change fields other than|updates to statefulset spec"
                    + "|may not be changed in an update|may not add or remove containers");

    private static final String MISSING_RIGHTS = "Mergeway may not do this to ";

    private Refusals() {}

    /** Whether the problem is that our rights are missing. */
    static boolean ofRights(Problem problem) {
        return problem.message().startsWith(MISSING_RIGHTS);
    }

    /** Why this answer to applying the resource is no success. */
    static Problem of(Desired desired, Reply reply) {
        Sensitivity sensitivity = Sensitivity.of(desired);
        Problem problem = problem(desired, reply);
        return new Problem(problem.turn(), sensitivity.strike(problem.message()), problem.pointer(), problem.passing());
    }

    /** Whether it is our rights that are missing. */
    static boolean ofRights(Reply reply) {
        return reply.code() == 403 && RIGHTS.matcher(reply.message()).find();
    }

    /** Whether it is the rights of whom we act as that are missing, and not our own to act so. */
    static boolean ofTeamsRights(Reply reply) {
        Matcher rights = RIGHTS.matcher(reply.message());
        return reply.code() == 403
                && !reply.as().isEmpty()
                && rights.find()
                && !rights.group(1).equals("impersonate");
    }

    /** What a team may not do is for its specification to leave out, or for the platform team to allow. */
    static Problem beyond(ResourceKey key, Reply reply) {
        return author(
                name(key) + " is beyond what this repository may do here, where it acts as " + reply.as() + ": "
                        + reply.message() + ". Leave it out, or ask the platform team for this right.",
                "");
    }

    /** Whether nothing but fields that cannot be changed in place stands against it. */
    static boolean ofImmutable(Reply reply) {
        List<Map<String, Object>> causes = Look.maps(reply.body(), "details", "causes");
        return reply.code() == 422
                && !causes.isEmpty()
                && causes.stream()
                        .allMatch(cause ->
                                IMMUTABLE.matcher(Look.text(cause, "message")).find());
    }

    /** Whether it is the namespace that is missing. */
    static boolean ofNamespace(Reply reply) {
        return reply.missing() && Look.text(reply.body(), "details", "kind").equals("namespaces");
    }

    /** Whether the namespace is on its way out. */
    static boolean ofTerminating(Reply reply) {
        return reply.code() == 403
                && Look.maps(reply.body(), "details", "causes").stream()
                        .anyMatch(cause -> Look.text(cause, "reason").equals("NamespaceTerminating"));
    }

    static String name(ResourceKey key) {
        return key.kind() + " " + (key.namespace().isEmpty() ? "" : key.namespace() + "/") + key.name();
    }

    /** A problem that waits for the author of the specification. */
    static Problem author(String message, String pointer) {
        return new Problem(Turn.AUTHOR, message, pointer, false);
    }

    private static Problem problem(Desired desired, Reply reply) {
        String what = name(desired.key());
        if (reply.misfit()) {
            return misfit(desired, reply.message());
        }
        if (ofNamespace(reply)) {
            return author(
                    "The namespace " + desired.key().namespace() + " of " + what
                            + " does not exist, and nothing in this change makes it.",
                    "/metadata/namespace");
        }
        if (ofTerminating(reply)) {
            return new Problem(
                    Turn.PLATFORM,
                    "The namespace " + desired.key().namespace() + " of " + what
                            + " is being deleted; nothing can be made in it until it is gone.",
                    "/metadata/namespace",
                    true);
        }
        if (ofTeamsRights(reply)) {
            return beyond(desired.key(), reply);
        }
        if (ofRights(reply)) {
            return new Problem(
                    Turn.PLATFORM, MISSING_RIGHTS + what + ": " + reply.message() + ". Grant it the right.", "", false);
        }
        Matcher quota = QUOTA.matcher(reply.message());
        if (quota.find()) {
            return author(
                    "The quota " + quota.group(1) + " of namespace "
                            + desired.key().namespace()
                            + " does not leave room for " + what + ": it asks for " + quota.group(2) + ", used are "
                            + quota.group(3) + " of " + quota.group(4) + ". Ask for less, or for a larger quota.",
                    "");
        }
        return reply.passing() ? passing(what, reply) : invalid(desired, reply);
    }

    private static Problem passing(String what, Reply reply) {
        Matcher webhook = WEBHOOK.matcher(reply.message());
        String message = webhook.find()
                ? "The admission webhook " + webhook.group(1) + ", which the API server asks about " + what
                        + ", does not answer: " + webhook.group(2) + ". Whoever runs it has to look after it."
                : reply.code() == 429
                        ? "The API server has no time for " + what + " (429): " + words(reply)
                        : "The API server could not handle " + what + " (" + reply.code() + "): " + words(reply);
        return new Problem(Turn.PLATFORM, message, "", true);
    }

    private static Problem invalid(Desired desired, Reply reply) {
        List<Map<String, Object>> causes = Look.maps(reply.body(), "details", "causes").stream()
                .filter(cause -> !Look.text(cause, "field").isEmpty())
                .toList();
        if (causes.isEmpty()) {
            return author("Kubernetes refuses " + name(desired.key()) + ": " + words(reply), "");
        }
        List<String> lines = causes.stream()
                .map(cause -> Look.text(cause, "field") + ": " + Look.text(cause, "message"))
                .distinct()
                .toList();
        String pointer = Pointers.of(Look.text(causes.getFirst(), "field"), desired.body());
        return author("Kubernetes refuses " + name(desired.key()) + ": " + String.join("; ", lines), pointer);
    }

    private static Problem misfit(Desired desired, String message) {
        Matcher found = MISFIT.matcher(message);
        if (!found.find()) {
            return author(name(desired.key()) + " does not fit its kind: " + message, "");
        }
        String path = found.group(1).substring(1);
        String words = found.group(2).equals("field not declared in schema")
                ? desired.key().kind() + " (" + desired.key().type() + ") has no such field"
                : found.group(2);
        return author(
                name(desired.key()) + " does not fit its kind: " + path + ": " + words,
                Pointers.of(found.group(1), desired.body()));
    }

    private static String words(Reply reply) {
        return reply.message().isEmpty() ? "HTTP " + reply.code() : reply.message();
    }
}
