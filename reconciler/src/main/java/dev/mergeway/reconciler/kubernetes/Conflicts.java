package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Look;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who else owns fields that we want to set otherwise, as the API server lists them. */
final class Conflicts {
    private static final Pattern MANAGER = Pattern.compile("conflict with \"([^\"]*)\"");

    private Conflicts() {}

    /**
     * One conflict.
     *
     * @param manager the field manager
     * @param pointer the field, as a JSON pointer into the desired object
     * @param scaler whether the manager sets the scale as an autoscaler does, which is its office and no accident
     */
    record Conflict(String manager, String pointer, boolean scaler) {
        /** As differences have it: {@code kubectl-edit: /spec/replicas}. */
        String text() {
            return manager + ": " + pointer;
        }
    }

    static List<Conflict> of(Reply reply, Map<String, Object> body) {
        return Look.maps(reply.body(), "details", "causes").stream()
                .filter(cause -> Look.text(cause, "reason").equals("FieldManagerConflict"))
                .map(cause -> conflict(cause, body))
                .distinct()
                .toList();
    }

    private static Conflict conflict(Map<String, Object> cause, Map<String, Object> body) {
        String message = Look.text(cause, "message");
        Matcher matcher = MANAGER.matcher(message);
        String manager = matcher.find() ? matcher.group(1) : "somebody";
        boolean scaler = message.contains("subresource \"scale\"") && !manager.startsWith("kubectl");
        return new Conflict(manager, Pointers.of(Look.text(cause, "field"), body), scaler);
    }
}
