package dev.mergeway.reconciler.forge.gitea;

import static dev.mergeway.reconciler.forge.gitea.GiteaForge.repo;

import dev.mergeway.reconciler.forge.rest.FindingText;
import dev.mergeway.reconciler.forge.rest.Request;
import dev.mergeway.reconciler.forge.rest.RestClient;
import dev.mergeway.reconciler.forge.rest.Self;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Remark;
import dev.mergeway.schema.model.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Shows findings as one review of ours that neither approves nor rejects, with a comment at each line. Gitea knows no
 * suggestions to be taken over, so what a line should read is only said.
 */
final class GiteaRemarks {
    /** More at once is a wall that nobody reads; the sticky comment has all of them. */
    private static final int SHOWN = 30;

    private static final String MARKER = "<!-- mergeway:findings ";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final RestClient client;
    private final Self self;

    GiteaRemarks(RestClient client, Self self) {
        this.client = client;
        this.self = self;
    }

    /** Shows these and no others: a review that says the same stays, older ones go. */
    void show(String repository, PullRequest pull, List<Remark> remarks) throws ForgeException {
        if (pull.state() != PullRequest.State.OPEN) {
            return;
        }
        List<Finding> findings = FindingText.findings(remarks);
        String marker = MARKER + FindingText.digest(pull.head(), findings) + " -->";
        boolean shown = false;
        for (JsonNode review : ours(repository, pull)) {
            if (!findings.isEmpty() && review.path("body").asString("").contains(marker)) {
                shown = true;
            } else {
                delete(repository, pull, review.path("id").asLong(0));
            }
        }
        if (!shown && !findings.isEmpty()) {
            post(repository, pull, remarks, marker);
        }
    }

    private List<JsonNode> ours(String repository, PullRequest pull) throws ForgeException {
        Optional<String> login = self.login();
        return new GiteaPulls(client)
                .reviews(repository, pull.number()).stream()
                        .filter(review -> review.path("body").asString("").contains(MARKER))
                        .filter(review -> login.map(
                                        review.path("user").path("login").asString("")::equalsIgnoreCase)
                                .orElse(false))
                        .toList();
    }

    private void delete(String repository, PullRequest pull, long review) throws ForgeException {
        client.find(Request.write(
                "take back our remarks on " + repository + "#" + pull.number(),
                "DELETE",
                repo(repository) + "/pulls/" + pull.number() + "/reviews/" + review,
                null));
    }

    private void post(String repository, PullRequest pull, List<Remark> remarks, String marker) throws ForgeException {
        Set<String> changed = changed(repository, pull);
        List<Remark> shown = remarks.stream()
                .filter(remark -> changed.contains(remark.finding().file()))
                .limit(SHOWN)
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        ArrayNode comments = JSON.arrayNode();
        for (Remark remark : shown) {
            Finding finding = remark.finding();
            comments.addObject()
                    .put("path", finding.file())
                    .put("new_position", finding.position().line())
                    .put("body", FindingText.markdown(remark, "yaml"));
        }
        String rest = shown.size() < remarks.size() ? ", " + shown.size() + " of them at their lines" : "";
        JsonNode review = JSON.objectNode()
                .put("event", "COMMENT")
                .put("commit_id", pull.head())
                .put("body", "Mergeway's findings: " + remarks.size() + rest + ".\n\n" + marker)
                .set("comments", comments);
        client.json(Request.write(
                "show findings on " + repository + "#" + pull.number(),
                "POST",
                repo(repository) + "/pulls/" + pull.number() + "/reviews",
                review));
    }

    private Set<String> changed(String repository, PullRequest pull) throws ForgeException {
        Set<String> names = new HashSet<>();
        Request request = Request.read(
                "list the files of " + repository + "#" + pull.number(),
                repo(repository) + "/pulls/" + pull.number() + "/files?limit=50");
        for (JsonNode file : client.all(request)) {
            if (!file.path("status").asString("").equals("deleted")) {
                names.add(file.path("filename").asString(""));
            }
        }
        return names;
    }
}
