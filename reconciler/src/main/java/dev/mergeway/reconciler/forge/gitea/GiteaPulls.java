package dev.mergeway.reconciler.forge.gitea;

import static dev.mergeway.reconciler.forge.gitea.GiteaForge.repo;

import dev.mergeway.reconciler.forge.rest.Request;
import dev.mergeway.reconciler.forge.rest.RestClient;
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
final class GiteaPulls {
    /** Pages of 50, newest update first, that are looked through for a commit. */
    private static final int RECENT = 4;

    private final RestClient client;

    GiteaPulls(RestClient client) {
        this.client = client;
    }

    List<PullRequest> open(String repository, String base) throws ForgeException {
        List<PullRequest> open = new ArrayList<>();
        Request request = Request.read(
                "list the open pull requests of " + repository,
                repo(repository) + "/pulls?state=open&sort=oldest&limit=50&base_branch=" + Texts.encode(base));
        for (JsonNode pull : client.all(request)) {
            PullRequest read = read(pull);
            // Versions before 1.23 do not know the filter.
            if (read.base().equals(base)) {
                open.add(read);
            }
        }
        open.sort(Comparator.comparingInt(PullRequest::number));
        return open;
    }

    Optional<PullRequest> pull(String repository, int number) throws ForgeException {
        return page(repository, number).map(GiteaPulls::read);
    }

    Optional<Forge.Origin> origin(String repository, int number) throws ForgeException {
        return page(repository, number)
                .map(pull -> new Forge.Origin(
                        pull.path("body").asString(""),
                        pull.path("merged").asBoolean(false),
                        pull.path("merged_by").path("login").asString("")));
    }

    private Optional<JsonNode> page(String repository, int number) throws ForgeException {
        return client.find(Request.read("read " + repository + "#" + number, repo(repository) + "/pulls/" + number));
    }

    /** Gitea finds a pull request by its merge commit only; for a head the recent ones are looked through. */
    List<PullRequest> of(String repository, String commit) throws ForgeException {
        String purpose = "find the pull request of " + repository + "@" + Texts.brief(commit);
        Request byMerge = Request.read(purpose, repo(repository) + "/commits/" + Texts.encode(commit) + "/pull");
        Optional<JsonNode> merged = client.find(byMerge);
        if (merged.isPresent()) {
            return List.of(read(merged.get()));
        }
        List<PullRequest> found = new ArrayList<>();
        Request recent = Request.read(purpose, repo(repository) + "/pulls?state=all&sort=recentupdate&limit=50");
        for (JsonNode node : client.pages(recent, RECENT)) {
            PullRequest pull = read(node);
            if (pull.head().equals(commit)
                    || pull.mergeCommit().filter(commit::equals).isPresent()) {
                found.add(pull);
            }
        }
        return found;
    }

    /** All reviews, oldest first. */
    List<JsonNode> reviews(String repository, int number) throws ForgeException {
        List<JsonNode> reviews = new ArrayList<>(client.all(Request.read(
                "read the reviews of " + repository + "#" + number,
                repo(repository) + "/pulls/" + number + "/reviews?limit=50")));
        reviews.sort(Comparator.comparingLong(review -> review.path("id").asLong(0)));
        return reviews;
    }

    private static PullRequest read(JsonNode pull) {
        JsonNode head = pull.path("head");
        JsonNode base = pull.path("base");
        boolean merged = pull.path("merged").asBoolean(false);
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
                head.path("repo_id").asLong(0) != base.path("repo_id").asLong(0));
    }
}
