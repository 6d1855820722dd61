package dev.mergeway.reconciler.forge.github;

import static dev.mergeway.reconciler.forge.github.GitHubForge.repo;

import dev.mergeway.reconciler.forge.rest.FindingText;
import dev.mergeway.reconciler.forge.rest.Patch;
import dev.mergeway.reconciler.forge.rest.Request;
import dev.mergeway.reconciler.forge.rest.RestClient;
import dev.mergeway.reconciler.forge.rest.Self;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Remark;
import dev.mergeway.schema.model.Finding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Shows findings as review comments, where we have a user's token: at lines of the diff, which is all GitHub allows. */
record GitHubRemarks(RestClient client, Self self, String repository) {
    /** More at once is a wall that nobody reads; the sticky comment has all of them. */
    private static final int SHOWN = 30;

    private static final String MARKER = "<!-- mergeway:findings ";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    void show(PullRequest pull, List<Remark> remarks) throws ForgeException {
        String marker = MARKER + FindingText.digest(pull.head(), FindingText.findings(remarks)) + " -->";
        boolean shown = false;
        for (JsonNode comment : ours(pull)) {
            if (comment.path("body").asString("").contains(marker)) {
                shown = true;
            } else {
                client.find(Request.write(
                        "take back our remarks on " + repository + "#" + pull.number(),
                        "DELETE",
                        repo(repository) + "/pulls/comments/"
                                + comment.path("id").asLong(0),
                        null));
            }
        }
        ArrayNode comments = shown ? JSON.arrayNode() : comments(pull, remarks, marker);
        if (!comments.isEmpty()) {
            JsonNode review = JSON.objectNode()
                    .put("event", "COMMENT")
                    .put("commit_id", pull.head())
                    .put("body", "Mergeway's findings: " + remarks.size() + ".")
                    .set("comments", comments);
            client.json(Request.write(
                    "show findings on " + repository + "#" + pull.number(),
                    "POST",
                    repo(repository) + "/pulls/" + pull.number() + "/reviews",
                    review));
        }
    }

    private List<JsonNode> ours(PullRequest pull) throws ForgeException {
        Optional<String> login = self.login();
        Request request = Request.read(
                "read the remarks on " + repository + "#" + pull.number(),
                repo(repository) + "/pulls/" + pull.number() + "/comments?per_page=100");
        return client.all(request).stream()
                .filter(comment -> comment.path("body").asString("").contains(MARKER))
                .filter(comment -> login.map(comment.path("user").path("login").asString("")::equalsIgnoreCase)
                        .orElse(false))
                .toList();
    }

    private ArrayNode comments(PullRequest pull, List<Remark> remarks, String marker) throws ForgeException {
        Map<String, Patch> patches = patches(pull, remarks);
        ArrayNode comments = JSON.arrayNode();
        for (Remark remark : remarks) {
            Finding finding = remark.finding();
            Patch patch = patches.get(finding.file());
            int line = finding.position().line();
            boolean visible = patch != null
                    && (patch.added().contains(line) || patch.context().contains(line));
            if (visible && comments.size() < SHOWN) {
                comments.addObject()
                        .put("path", finding.file())
                        .put("line", line)
                        .put("side", "RIGHT")
                        .put("body", FindingText.markdown(remark, "suggestion") + "\n\n" + marker);
            }
        }
        return comments;
    }

    private Map<String, Patch> patches(PullRequest pull, List<Remark> remarks) throws ForgeException {
        Map<String, Patch> patches = new HashMap<>();
        if (!remarks.isEmpty()) {
            Request request = Request.read(
                    "list the files of " + repository + "#" + pull.number(),
                    repo(repository) + "/pulls/" + pull.number() + "/files?per_page=100");
            for (JsonNode file : client.all(request)) {
                patches.put(
                        file.path("filename").asString(""),
                        Patch.of(file.path("patch").asString("")));
            }
        }
        return patches;
    }
}
