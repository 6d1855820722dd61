package dev.mergeway.reconciler.forge.github;

import static dev.mergeway.reconciler.forge.github.GitHubForge.repo;

import dev.mergeway.reconciler.forge.rest.Reply;
import dev.mergeway.reconciler.forge.rest.Request;
import dev.mergeway.reconciler.forge.rest.RestClient;
import dev.mergeway.reconciler.forge.rest.Review;
import dev.mergeway.reconciler.forge.rest.Texts;
import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads pull requests and what belongs to them. */
record GitHubPulls(RestClient client, String repository) {
    List<PullRequest> open(String base) throws ForgeException {
        Request request = Request.read(
                "list the open pull requests of " + repository,
                repo(repository) + "/pulls?state=open&sort=created&direction=asc&per_page=100&base="
                        + Texts.encode(base));
        return client.all(request).stream()
                .map(GitHubPulls::read)
                .sorted(Comparator.comparingInt(PullRequest::number))
                .toList();
    }

    Optional<PullRequest> pull(int number) throws ForgeException {
        return page(number).map(GitHubPulls::read);
    }

    /** Lists do not say who merged. */
    Optional<Forge.Origin> origin(int number) throws ForgeException {
        return page(number)
                .map(pull -> new Forge.Origin(
                        pull.path("body").asString(""),
                        read(pull).state() == PullRequest.State.MERGED,
                        pull.path("merged_by").path("login").asString("")));
    }

    private Optional<JsonNode> page(int number) throws ForgeException {
        return client.find(Request.read("read " + repository + "#" + number, repo(repository) + "/pulls/" + number));
    }

    /** A commit that GitHub does not know is answered 422 (seen as 404 on some Enterprise versions). */
    List<PullRequest> of(String commit) throws ForgeException {
        Request request = Request.read(
                "find the pull requests of " + repository + "@" + Texts.brief(commit),
                repo(repository) + "/commits/" + Texts.encode(commit) + "/pulls?per_page=100");
        Reply reply = client.send(request);
        if (reply.status() == 422 || reply.status() == 404) {
            return List.of();
        }
        if (!reply.isSuccess()) {
            throw client.refused(request, reply);
        }
        return reply.body()
                .valueStream()
                .map(GitHubPulls::read)
                .filter(pull -> pull.head().equals(commit)
                        || pull.mergeCommit().filter(commit::equals).isPresent()
                        || pull.state() == PullRequest.State.MERGED)
                .toList();
    }

    /** All reviews, oldest first. */
    List<Review> reviews(int number) throws ForgeException {
        Request request = Request.read(
                "read the reviews of " + repository + "#" + number,
                repo(repository) + "/pulls/" + number + "/reviews?per_page=100");
        List<Review> reviews = new ArrayList<>();
        for (JsonNode review : client.all(request)) {
            Review.Verdict verdict = switch (review.path("state").asString("")) {
                case "APPROVED" -> Review.Verdict.APPROVES;
                case "CHANGES_REQUESTED" -> Review.Verdict.REJECTS;
                case "DISMISSED" -> Review.Verdict.DISMISSED;
                default -> Review.Verdict.NEITHER;
            };
            reviews.add(new Review(
                    review.path("user").path("login").asString(""),
                    review.path("commit_id").asString(""),
                    verdict,
                    review.path("id").asLong(0)));
        }
        return reviews;
    }

    /** Lists say {@code merged_at} only; while it is open, {@code merge_commit_sha} is a merge that was only tried. */
    private static PullRequest read(JsonNode pull) {
        JsonNode head = pull.path("head");
        JsonNode base = pull.path("base");
        boolean merged = pull.path("merged").asBoolean(false)
                || !pull.path("merged_at").asString("").isEmpty();
        boolean open = pull.path("state").asString("").equals("open");
        String merge = pull.path("merge_commit_sha").asString("");
        return new PullRequest(
                pull.path("number").asInt(0),
                pull.path("title").asString(""),
                pull.path("user").path("login").asString(""),
                head.path("ref").asString(""),
                head.path("sha").asString(""),
                base.path("ref").asString(""),
                merged ? PullRequest.State.MERGED : open ? PullRequest.State.OPEN : PullRequest.State.CLOSED,
                merged && !merge.isEmpty() ? merge : null,
                pull.path("html_url").asString(""),
                pull.path("draft").asBoolean(false),
                head.path("repo").path("id").asLong(0)
                        != base.path("repo").path("id").asLong(0));
    }
}
