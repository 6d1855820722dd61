package dev.mergeway.reconciler.forge.gitlab;

import dev.mergeway.reconciler.forge.rest.Request;
import dev.mergeway.reconciler.forge.rest.RestClient;
import dev.mergeway.reconciler.port.Forge.Approval;
import dev.mergeway.reconciler.port.ForgeException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Approvals in force. GitLab does not say which commit was approved, so an approval counts for the head if it was given
 * after that head came: by {@code approved_at} where GitLab tells it, else by the note that GitLab writes. One whose
 * time is unknown does not count.
 */
record GitLabApprovals(RestClient client, GitLabRequests requests) {
    private static final String NOTE = "approved this merge request";

    List<Approval> of(int number, String head) throws ForgeException {
        String what = requests.repository() + "!" + number;
        JsonNode approvals =
                client.json(Request.read("read the approvals of " + what, requests.path(number) + "/approvals"));
        Optional<Instant> came = came(number, head, what);
        if (came.isEmpty() || approvals.path("approved_by").isEmpty()) {
            return List.of();
        }
        Map<String, Instant> given = given(number, approvals, what);
        return given.entrySet().stream()
                .filter(one -> !one.getValue().isBefore(came.get()))
                .sorted(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(one -> new Approval(one.getKey(), head, one.getValue().toString()))
                .toList();
    }

    /** When the head came to the merge request; empty where it is not its head (any more, or yet). */
    private Optional<Instant> came(int number, String head, String what) throws ForgeException {
        Request request =
                Request.read("read the versions of " + what, requests.path(number) + "/versions?per_page=100");
        return client.pages(request, 1).stream()
                .max(Comparator.comparingLong(version -> version.path("id").asLong(0)))
                .filter(version -> version.path("head_commit_sha").asString("").equals(head))
                .flatMap(version -> time(version.path("created_at")));
    }

    private Map<String, Instant> given(int number, JsonNode approvals, String what) throws ForgeException {
        Map<String, Instant> given = new HashMap<>();
        List<String> untold = new ArrayList<>();
        for (JsonNode one : approvals.path("approved_by")) {
            String user = one.path("user").path("username").asString("");
            time(one.path("approved_at")).ifPresentOrElse(at -> given.put(user, at), () -> untold.add(user));
        }
        if (!untold.isEmpty()) {
            Request notes = Request.read(
                    "read the notes of " + what,
                    requests.path(number) + "/notes?sort=asc&order_by=created_at&per_page=100");
            for (JsonNode note : client.all(notes)) {
                String user = note.path("author").path("username").asString("");
                boolean approves = note.path("system").asBoolean(false)
                        && note.path("body").asString("").equals(NOTE);
                if (approves && untold.contains(user)) {
                    time(note.path("created_at")).ifPresent(at -> given.put(user, at));
                }
            }
        }
        return given;
    }

    private static Optional<Instant> time(JsonNode text) {
        try {
            return Optional.of(OffsetDateTime.parse(text.asString("")).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
