package dev.mergeway.webhooks.decode;

import dev.mergeway.webhooks.event.Headers;
import dev.mergeway.webhooks.event.RepoEvent;
import dev.mergeway.webhooks.event.RepoEvent.Ignored;
import dev.mergeway.webhooks.event.RepoEvent.PullChanged.Change;
import java.util.List;

/**
 * GitLab. Decides by the body's {@code object_kind}, which project hooks and system hooks have alike; the header only
 * says that it is GitLab's.
 */
final class GitLabDecoder implements Decoder {
    private static final Paths WANTED = Paths.of(
            "object_kind",
            "event_name",
            "ref",
            "before",
            "after",
            "project.path_with_namespace",
            "user.username",
            "merge_request.iid",
            "object_attributes.action",
            "object_attributes.id",
            "object_attributes.iid",
            "object_attributes.last_commit.id",
            "object_attributes.oldrev",
            "object_attributes.note",
            "object_attributes.created_at",
            "object_attributes.updated_at",
            "object_attributes.noteable_type",
            "object_attributes.system",
            "changes.target_branch",
            "changes.draft.current",
            "changes.work_in_progress.current",
            "changes.title",
            "changes.description");

    /** {@code Idempotency-Key} stays the same over retries; versions before 17.4 send only the event's UUID. */
    @Override
    public List<String> idHeaders() {
        return List.of("Idempotency-Key", "webhook-id", "X-Gitlab-Event-UUID");
    }

    @Override
    public Decoded decode(Headers headers, byte[] body) {
        if (headers.value("X-Gitlab-Event").isEmpty()) {
            return new Decoded.Malformed("the header X-Gitlab-Event is missing");
        }
        return Payload.decode(body, WANTED, GitLabDecoder::event);
    }

    private static RepoEvent event(Payload payload) throws MalformedException {
        String kind = payload.has("object_kind") ? payload.line("object_kind") : payload.line("event_name");
        return switch (kind) {
            case "push" -> payload.push(payload.line("project.path_with_namespace"));
            case "merge_request" -> mergeRequest(payload);
            case "note" -> note(payload);
            default -> new Ignored(payload.line("project.path_with_namespace", ""), "an event that needs nothing");
        };
    }

    private static RepoEvent mergeRequest(Payload payload) throws MalformedException {
        String repository = payload.line("project.path_with_namespace");
        // Events that GitLab's own services cause carry no action.
        return switch (payload.line("object_attributes.action", "")) {
            case "open" -> changed(payload, Change.OPENED);
            case "reopen" -> changed(payload, Change.REOPENED);
            case "close" -> changed(payload, Change.CLOSED);
            case "merge" -> changed(payload, Change.MERGED);
            case "update" -> update(payload);
            case "approved", "approval", "unapproved", "unapproval" ->
                new RepoEvent.Reviewed(
                        repository, payload.number("object_attributes.iid"), payload.line("user.username"));
            default -> new Ignored(repository, "a change of a merge request that changes no plan");
        };
    }

    /** One update may change several things; the one that changes the plan most is told. */
    private static RepoEvent update(Payload payload) throws MalformedException {
        String draft = payload.line("changes.draft.current", payload.line("changes.work_in_progress.current", ""));
        if (payload.has("changes.target_branch")) {
            return changed(payload, Change.RETARGETED);
        } else if (payload.has("object_attributes.oldrev")) {
            return changed(payload, Change.COMMITS);
        } else if (!draft.isEmpty()) {
            return changed(payload, draft.equals("true") ? Change.DRAFT : Change.READY);
        } else if (payload.has("changes.title") || payload.has("changes.description")) {
            return changed(payload, Change.EDITED);
        }
        return new Ignored(
                payload.line("project.path_with_namespace"), "a change of a merge request that changes no plan");
    }

    private static RepoEvent changed(Payload payload, Change change) throws MalformedException {
        return new RepoEvent.PullChanged(
                payload.line("project.path_with_namespace"),
                payload.number("object_attributes.iid"),
                change,
                payload.commit("object_attributes.last_commit.id"),
                payload.line("user.username", ""));
    }

    private static RepoEvent note(Payload payload) throws MalformedException {
        String repository = payload.line("project.path_with_namespace");
        if (!payload.line("object_attributes.noteable_type", "").equals("MergeRequest")) {
            return new Ignored(repository, "a note on something other than a merge request");
        }
        if (payload.isTrue("object_attributes.system")) {
            return new Ignored(repository, "a note that GitLab wrote by itself");
        }
        boolean edited = payload.line("object_attributes.action", "create").equals("update");
        return new RepoEvent.Commented(
                repository,
                payload.number("merge_request.iid"),
                payload.id("object_attributes.id"),
                payload.line("user.username"),
                payload.text("object_attributes.note"),
                edited,
                payload.time(edited ? "object_attributes.updated_at" : "object_attributes.created_at"));
    }
}
