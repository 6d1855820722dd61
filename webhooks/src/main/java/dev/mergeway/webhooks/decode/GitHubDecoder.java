package dev.mergeway.webhooks.decode;

import dev.mergeway.webhooks.event.Headers;
import dev.mergeway.webhooks.event.RepoEvent;
import dev.mergeway.webhooks.event.RepoEvent.Ignored;
import dev.mergeway.webhooks.event.RepoEvent.PullChanged.Change;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GitHub and GitHub Enterprise. */
final class GitHubDecoder implements Decoder {
    /** The branch that a merge queue makes: {@code gh-readonly-queue/main/pr-104-929f82…}. */
    private static final Pattern QUEUED = Pattern.compile("/pr-([1-9][0-9]{0,8})-[0-9a-f]{40}$");

    private static final Paths WANTED = Paths.of(
            "action",
            "ref",
            "before",
            "after",
            "number",
            "repository.full_name",
            "pull_request.number",
            "pull_request.head.sha",
            "pull_request.merged",
            "changes.base",
            "issue.number",
            "issue.pull_request",
            "comment.id",
            "comment.body",
            "comment.created_at",
            "comment.updated_at",
            "comment.user.login",
            "review.state",
            "review.user.login",
            "merge_group.head_sha",
            "merge_group.head_ref",
            "merge_group.base_ref",
            "sender.login");

    /** Who deleted their account is {@code ghost} on GitHub. */
    private static final String GHOST = "ghost";

    @Override
    public List<String> idHeaders() {
        return List.of("X-GitHub-Delivery");
    }

    @Override
    public Decoded decode(Headers headers, byte[] body) {
        if (headers.value("X-Gitea-Event").isPresent()) {
            return new Decoded.Malformed("this is a delivery of Gitea, and the forge is configured as GitHub");
        }
        String name = headers.value("X-GitHub-Event").orElse("");
        if (name.isEmpty()) {
            return new Decoded.Malformed("the header X-GitHub-Event is missing");
        }
        return Payload.decode(body, WANTED, payload -> event(name, payload));
    }

    private static RepoEvent event(String name, Payload payload) throws MalformedException {
        return switch (name) {
            case "push" -> payload.push(payload.line("repository.full_name"));
            case "pull_request" -> pull(payload);
            case "issue_comment" -> comment(payload);
            case "pull_request_review" -> review(payload);
            case "merge_group" -> mergeGroup(payload);
            default -> new Ignored(payload.line("repository.full_name", ""), "an event that needs nothing");
        };
    }

    private static RepoEvent pull(Payload payload) throws MalformedException {
        return switch (payload.line("action")) {
            case "opened" -> changed(payload, Change.OPENED);
            case "synchronize" -> changed(payload, Change.COMMITS);
            case "reopened" -> changed(payload, Change.REOPENED);
            case "edited" -> changed(payload, payload.has("changes.base") ? Change.RETARGETED : Change.EDITED);
            case "converted_to_draft" -> changed(payload, Change.DRAFT);
            case "ready_for_review" -> changed(payload, Change.READY);
            case "closed" -> changed(payload, payload.isTrue("pull_request.merged") ? Change.MERGED : Change.CLOSED);
            default ->
                new Ignored(payload.line("repository.full_name"), "a change of a pull request that changes no plan");
        };
    }

    private static RepoEvent changed(Payload payload, Change change) throws MalformedException {
        return new RepoEvent.PullChanged(
                payload.line("repository.full_name"),
                payload.number("number"),
                change,
                payload.commit("pull_request.head.sha"),
                payload.line("sender.login", GHOST));
    }

    private static RepoEvent comment(Payload payload) throws MalformedException {
        String repository = payload.line("repository.full_name");
        String action = payload.line("action");
        if (!payload.has("issue.pull_request")) {
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
                payload.line("sender.login", payload.line("comment.user.login", GHOST)),
                payload.text("comment.body"),
                action.equals("edited"),
                payload.time(action.equals("edited") ? "comment.updated_at" : "comment.created_at"));
    }

    private static RepoEvent review(Payload payload) throws MalformedException {
        String repository = payload.line("repository.full_name");
        String action = payload.line("action");
        boolean verdict = !payload.line("review.state", "").equalsIgnoreCase("commented");
        if (action.equals("dismissed") || action.equals("submitted") && verdict) {
            return new RepoEvent.Reviewed(
                    repository, payload.number("pull_request.number"), payload.line("review.user.login", GHOST));
        }
        return new Ignored(repository, "a review that neither approves nor asks for changes");
    }

    private static RepoEvent mergeGroup(Payload payload) throws MalformedException {
        String repository = payload.line("repository.full_name");
        if (!payload.line("action").equals("checks_requested")) {
            return new Ignored(repository, "a merge queue that asks for nothing");
        }
        Matcher queued = QUEUED.matcher(payload.line("merge_group.head_ref", ""));
        return new RepoEvent.MergeQueued(
                repository,
                payload.commit("merge_group.head_sha"),
                payload.line("merge_group.base_ref").replaceFirst("^refs/heads/", ""),
                queued.find() ? List.of(Integer.valueOf(queued.group(1))) : List.of());
    }
}
