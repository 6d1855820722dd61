package dev.mergeway.reconciler.forge.gitea;

import static dev.mergeway.reconciler.forge.gitea.GiteaForge.repo;

import dev.mergeway.reconciler.forge.rest.Proposal;
import dev.mergeway.reconciler.forge.rest.PullTexts;
import dev.mergeway.reconciler.forge.rest.Request;
import dev.mergeway.reconciler.forge.rest.RestClient;
import dev.mergeway.reconciler.forge.rest.Texts;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A proposal on Gitea: all files in one request that force-pushes the branch (1.25 and newer). */
record GiteaProposal(RestClient client, String repository, String base, String branch) implements Proposal.Steps {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Override
    public List<PullRequest> open() throws ForgeException {
        return new GiteaPulls(client).open(repository, base);
    }

    @Override
    public Optional<JsonNode> file(String ref, String path) throws ForgeException {
        return client.find(Request.read(
                "read " + path + " of " + repository,
                repo(repository) + "/contents/" + Texts.encodePath(path) + "?ref=" + Texts.encode(ref)));
    }

    @Override
    public void commit(String message, Map<String, Proposal.Change> changes) throws ForgeException {
        ArrayNode files = JSON.arrayNode();
        changes.forEach((path, change) -> files.add(operation(path, change)));
        JsonNode body = JSON.objectNode()
                .put("branch", base)
                .put("new_branch", branch)
                .put("force_push", true)
                .put("message", message)
                .set("files", files);
        client.json(Request.write(
                "commit to branch " + branch + " of " + repository, "POST", repo(repository) + "/contents", body));
    }

    private static ObjectNode operation(String path, Proposal.Change change) {
        boolean fresh = change.present().isEmpty();
        ObjectNode operation = JSON.objectNode()
                .put("path", path)
                .put("operation", change.content().isEmpty() ? "delete" : fresh ? "create" : "update");
        change.present().ifPresent(file -> operation.put("sha", file.path("sha").asString("")));
        change.content()
                .ifPresent(bytes -> operation.put("content", Base64.getEncoder().encodeToString(bytes)));
        return operation;
    }

    @Override
    public int create(String title, String body) throws ForgeException {
        ObjectNode pull = JSON.objectNode().put("base", base).put("head", branch);
        return texts().open("open a pull request in " + repository, repo(repository) + "/pulls", pull, title, body)
                .path("number")
                .asInt(0);
    }

    @Override
    public void edit(int number, String title, String body) throws ForgeException {
        String purpose = "bring " + repository + "#" + number + " up to date";
        texts().write(purpose, repo(repository) + "/pulls/" + number, title, body);
    }

    private PullTexts texts() {
        return new PullTexts(client, "PATCH", "body");
    }
}
