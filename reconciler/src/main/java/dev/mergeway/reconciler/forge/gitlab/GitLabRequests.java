package dev.mergeway.reconciler.forge.gitlab;

import static dev.mergeway.reconciler.forge.gitlab.GitLabForge.project;

import dev.mergeway.reconciler.forge.rest.Request;
import dev.mergeway.reconciler.forge.rest.RestClient;
import dev.mergeway.reconciler.forge.rest.Texts;
import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads merge requests. */
record GitLabRequests(RestClient client, String repository) {
    List<PullRequest> open(String base) throws ForgeException {
        Request request = Request.read(
                "list the open merge requests of " + repository,
                project(repository) + "/merge_requests?state=opened&order_by=created_at&sort=asc&per_page=100"
                        + "&target_branch=" + Texts.encode(base));
        return client.all(request).stream()
                .map(GitLabRequests::read)
                .sorted(Comparator.comparingInt(PullRequest::number))
                .toList();
    }

    Optional<PullRequest> pull(int number) throws ForgeException {
        return page(number).map(GitLabRequests::read);
    }

    /** Versions before 14.7 say {@code merged_by} only. */
    Optional<Forge.Origin> origin(int number) throws ForgeException {
        return page(number)
                .map(request -> new Forge.Origin(
                        request.path("description").asString(""),
                        read(request).state() == PullRequest.State.MERGED,
                        request.path("merge_user")
                                .path("username")
                                .asString(request.path("merged_by")
                                        .path("username")
                                        .asString(""))));
    }

    private Optional<JsonNode> page(int number) throws ForgeException {
        return client.find(Request.read("read " + repository + "!" + number, path(number)));
    }

    List<PullRequest> of(String commit) throws ForgeException {
        Request request = Request.read(
                "find the merge requests of " + repository + "@" + Texts.brief(commit),
                project(repository) + "/repository/commits/" + Texts.encode(commit) + "/merge_requests");
        return client.find(request)
                .map(JsonNode::valueStream)
                .orElseGet(Stream::empty)
                .map(GitLabRequests::read)
                .toList();
    }

    /** The reference that GitLab keeps for the open merge request whose head a commit is. */
    Optional<String> ref(String commit) throws ForgeException {
        return of(commit).stream()
                .filter(request -> request.state() == PullRequest.State.OPEN
                        && request.head().equals(commit))
                .map(request -> "refs/merge-requests/" + request.number() + "/head")
                .findFirst();
    }

    String path(int number) {
        return project(repository) + "/merge_requests/" + number;
    }

    /** {@code locked} is open, while GitLab merges it. */
    private static PullRequest read(JsonNode request) {
        PullRequest.State state = switch (request.path("state").asString("")) {
            case "merged" -> PullRequest.State.MERGED;
            case "closed" -> PullRequest.State.CLOSED;
            default -> PullRequest.State.OPEN;
        };
        return new PullRequest(
                request.path("iid").asInt(0),
                request.path("title").asString(""),
                request.path("author").path("username").asString(""),
                request.path("source_branch").asString(""),
                request.path("sha").asString(""),
                request.path("target_branch").asString(""),
                state,
                state == PullRequest.State.MERGED ? merge(request) : null,
                request.path("web_url").asString(""),
                request.path("draft").asBoolean(false),
                request.path("source_project_id").asLong(0)
                        != request.path("target_project_id").asLong(0));
    }

    /** A fast-forward has no merge commit: the squashed commit is it, or the head itself. */
    private static String merge(JsonNode request) {
        for (String member : List.of("merge_commit_sha", "squash_commit_sha", "sha")) {
            String commit = request.path(member).asString("");
            if (!commit.isEmpty()) {
                return commit;
            }
        }
        return "";
    }
}
