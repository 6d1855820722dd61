package dev.mergeway.webhooks.decode;

import dev.mergeway.webhooks.event.Headers;
import dev.mergeway.webhooks.event.RepoEvent;
import dev.mergeway.webhooks.event.RepoEvent.Ignored;
import dev.mergeway.webhooks.event.RepoEvent.PullChanged.Change;
import java.util.List;
import java.util.Locale;

/**
 * Gitea and Forgejo. Decides by {@code X-Gitea-Event-Type}: event {@code pull_request_comment} is a review comment,
 * while type {@code pull_request_comment} is a plain one (seen on 1.26 and 1.27).
 */
final class GiteaDecoder implements Decoder {
    private static final Paths WANTED = Paths.of(
            "action",
            "ref",
            "ref_type",
            "before",
            "after",
            "number",
            "repository.full_name",
            "pull_request.number",
            "pull_request.head.sha",
            "pull_request.merged",
            "pull_request.draft",
            "pull_request.title",
            "changes.ref.from",
            "changes.title.from",
            "issue.number",
            "issue.pull_request",
            "is_pull",
            "comment.id",
            "comment.body",
            "comment.created_at",
            "comment.updated_at",
            "sender.login");

    @Override
    public List<String> idHeaders() {
        return List.of("X-Gitea-Delivery", "X-Forgejo-Delivery");
    }

    @Override
    public Decoded decode(Headers headers, byte[] body) {
        String type = headers.value("X-Gitea-Event-Type")
                .or(() -> headers.value("X-Forgejo-Event-Type"))
                .or(() -> headers.value("X-Gitea-Event"))
                .orElse("");
        if (type.isEmpty()) {
            return new Decoded.Malformed("the header X-Gitea-Event-Type is missing");
        }
        return Payload.decode(body, WANTED, payload -> event(type, payload));
    }

    private static RepoEvent event(String type, Payload payload) throws MalformedException {
        return switch (type) {
            case "push" -> payload.push(payload.line("repository.full_name"));
            case "delete" -> deleted(payload);
            case "pull_request" -> pull(payload);
            case "pull_request_sync" -> changed(payload, Change.COMMITS);
            case "issue_comment", "pull_request_comment" -> comment(payload);
            case "pull_request_review_approved",
                    "pull_request_review_rejected",
                    "pull_request_approved",
                    "pull_request_rejected" -> review(payload);
            default -> new Ignored(payload.line("repository.full_name", ""), "an event that needs nothing");
        };
    }

    /** A deleted branch comes without a push, and does not say where it was. */
    private static RepoEvent deleted(Payload payload) throws MalformedException {
        String repository = payload.line("repository.full_name");
        return payload.line("ref_type").equals("branch")
                ? new RepoEvent.Pushed(repository, payload.line("ref"), RepoEvent.Pushed.NONE, RepoEvent.Pushed.NONE)
                : new Ignored(repository, "a deletion of something other than a branch");
    }

    private static RepoEvent pull(Payload payload) throws MalformedException {
        return switch (payload.line("action")) {
            case "opened" -> changed(payload, Change.OPENED);
            case "synchronized" -> changed(payload, Change.COMMITS);
            case "reopened" -> changed(payload, Change.REOPENED);
            case "edited" -> changed(payload, edit(payload));
            case "closed" -> changed(payload, payload.isTrue("pull_request.merged") ? Change.MERGED : Change.CLOSED);
            default ->
                new Ignored(payload.line("repository.full_name"), "a change of a pull request that changes no plan");
        };
    }

    /** A retarget is an edit of the ref; a draft is one whose title says so, hence an edit of the title. */
    private static Change edit(Payload payload) {
        if (payload.has("changes.ref.from")) {
            return Change.RETARGETED;
        }
        if (!payload.has("changes.title.from")) {
            return Change.EDITED;
        }
        boolean before = isDraft(payload.text("changes.title.from"));
        boolean after = payload.isTrue("pull_request.draft") || isDraft(payload.text("pull_request.title"));
        if (before == after) {
            return Change.EDITED;
        }
        return after ? Change.DRAFT : Change.READY;
    }

    /** Gitea's default prefixes (setting WORK_IN_PROGRESS_PREFIXES). */
    private static boolean isDraft(String title) {
        String upper = title.stripLeading().toUpperCase(Locale.ROOT);
        return upper.startsWith("WIP:") || upper.startsWith("[WIP]");
    }

    private static RepoEvent changed(Payload payload, Change change) throws MalformedException {
        return new RepoEvent.PullChanged(
                payload.line("repository.full_name"),
                payload.number("number"),
                change,
                payload.commit("pull_request.head.sha"),
                payload.line("sender.login", ""));
    }

    private static RepoEvent comment(Payload payload) throws MalformedException {
        String repository = payload.line("repository.full_name");
        String action = payload.line("action");
        if (!payload.isTrue("is_pull") && !payload.has("issue.pull_request")) {
            return new Ignored(repository, "a comment on an issue");
        }
        if (action.equals("deleted")) {
            return new RepoEvent.CommentDeleted(
                    repository, payload.number("issue.number"), payload.text("comment.body"));
        }
        if (!action.equals("created") && !action.equals("edited")) {
            return new Ignored(repository, "a comment that was neither written nor edited");
        }
        return new RepoEvent.Commented(
                repository,
                payload.number("issue.number"),
                payload.id("comment.id"),
                // Whoever edits a comment gives its command: an edit by another is not the author's word.
                payload.line("sender.login"),
                payload.text("comment.body"),
                action.equals("edited"),
                payload.time(action.equals("edited") ? "comment.updated_at" : "comment.created_at"));
    }

    private static RepoEvent review(Payload payload) throws MalformedException {
        return new RepoEvent.Reviewed(
                payload.line("repository.full_name"),
                payload.number("pull_request.number"),
                payload.line("sender.login"));
    }
}
