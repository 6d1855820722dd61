package dev.mergeway.reconciler.forge.gitlab;

import static dev.mergeway.reconciler.forge.gitlab.GitLabForge.project;

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

/** A proposal on GitLab: all files in one commit that starts the branch anew ({@code force}). */
record GitLabProposal(RestClient client, GitLabRequests requests, String base, String branch)
        implements Proposal.Steps {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Override
    public List<PullRequest> open() throws ForgeException {
        return requests.open(base);
    }

    /** The whole path is one segment here. */
    @Override
    public Optional<JsonNode> file(String ref, String path) throws ForgeException {
        return client.find(Request.read(
                "read " + path + " of " + requests.repository(),
                project(requests.repository()) + "/repository/files/" + Texts.encode(path) + "?ref="
                        + Texts.encode(ref)));
    }

    @Override
    public void commit(String message, Map<String, Proposal.Change> changes) throws ForgeException {
        ArrayNode actions = JSON.arrayNode();
        changes.forEach((path, change) -> actions.add(action(path, change)));
        JsonNode body = JSON.objectNode()
                .put("branch", branch)
                .put("start_branch", base)
                .put("force", true)
                .put("commit_message", message)
                .set("actions", actions);
        client.json(Request.write(
                "commit to branch " + branch + " of " + requests.repository(),
                "POST",
                project(requests.repository()) + "/repository/commits",
                body));
    }

    private static ObjectNode action(String path, Proposal.Change change) {
        boolean fresh = change.present().isEmpty();
        ObjectNode action = JSON.objectNode()
                .put("action", change.content().isEmpty() ? "delete" : fresh ? "create" : "update")
                .put("file_path", path);
        change.content()
                .ifPresent(bytes -> action.put("encoding", "base64")
                        .put("content", Base64.getEncoder().encodeToString(bytes)));
        return action;
    }

    @Override
    public int create(String title, String body) throws ForgeException {
        ObjectNode request = JSON.objectNode()
                .put("source_branch", branch)
                .put("target_branch", base)
                .put("remove_source_branch", true);
        String purpose = "open a merge request in " + requests.repository();
        return texts().open(purpose, project(requests.repository()) + "/merge_requests", request, title, body)
                .path("iid")
                .asInt(0);
    }

    @Override
    public void edit(int number, String title, String body) throws ForgeException {
        String purpose = "bring " + requests.repository() + "!" + number + " up to date";
        texts().write(purpose, requests.path(number), title, body);
    }

    private PullTexts texts() {
        return new PullTexts(client, "PUT", "description");
    }
}
