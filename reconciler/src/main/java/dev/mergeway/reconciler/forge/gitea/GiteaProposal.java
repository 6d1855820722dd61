package dev.mergeway.reconciler.forge.gitea;

import static dev.mergeway.reconciler.forge.gitea.GiteaForge.repo;

import dev.mergeway.reconciler.forge.rest.Request;
import dev.mergeway.reconciler.forge.rest.RestClient;
import dev.mergeway.reconciler.forge.rest.Texts;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Opens a pull request of ours, or brings the one that is open from the same branch up to date. */
final class GiteaProposal {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final RestClient client;
    private final GiteaPulls pulls;
    private final String repository;
    private final String base;
    private final String branch;

    GiteaProposal(RestClient client, GiteaPulls pulls, String repository, String base, String branch) {
        this.client = client;
        this.pulls = pulls;
        this.repository = repository;
        this.base = base;
        this.branch = branch;
    }

    int open(String title, String body, Map<String, Optional<byte[]>> changes) throws ForgeException {
        Optional<PullRequest> open = pulls.open(repository, base).stream()
                .filter(pull -> pull.branch().equals(branch) && !pull.fork())
                .findFirst();
        // A commit that changes nothing would start a run, which would propose again.
        if (open.isEmpty() || !isOn(branch, changes)) {
            commit(title, changes);
        }
        return open.isPresent() ? edited(open.get().number(), title, body) : created(title, body);
    }

    private boolean isOn(String ref, Map<String, Optional<byte[]>> changes) throws ForgeException {
        for (Map.Entry<String, Optional<byte[]>> change : changes.entrySet()) {
            if (!sameContent(file(ref, change.getKey()), change.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** The branch becomes the tip of the base and one commit, whatever it was before. */
    private void commit(String message, Map<String, Optional<byte[]>> changes) throws ForgeException {
        ArrayNode files = JSON.arrayNode();
        for (Map.Entry<String, Optional<byte[]>> change : changes.entrySet()) {
            Optional<JsonNode> present = file(base, change.getKey());
            if (!sameContent(present, change.getValue())) {
                files.add(operation(change.getKey(), present, change.getValue()));
            }
        }
        if (files.isEmpty()) {
            throw new ForgeException(
                    "Nothing to propose to " + repository + ": " + base + " has these files already.", false, null, null);
        }
        JsonNode body = JSON.objectNode()
                .put("branch", base)
                .put("new_branch", branch)
                .put("force_push", true)
                .put("message", message)
                .set("files", files);
        client.json(Request.write(
                "commit to branch " + branch + " of " + repository, "POST", repo(repository) + "/contents", body));
    }

    private static ObjectNode operation(String path, Optional<JsonNode> present, Optional<byte[]> content) {
        ObjectNode operation = JSON.objectNode()
                .put("path", path)
                .put("operation", content.isEmpty() ? "delete" : present.isEmpty() ? "create" : "update");
        present.ifPresent(file -> operation.put("sha", file.path("sha").asString("")));
        content.ifPresent(bytes -> operation.put("content", Base64.getEncoder().encodeToString(bytes)));
        return operation;
    }

    private Optional<JsonNode> file(String ref, String path) throws ForgeException {
        return client.find(Request.read(
                "read " + path + " of " + repository,
                repo(repository) + "/contents/" + Texts.encodePath(path) + "?ref=" + Texts.encode(ref)));
    }

    private static boolean sameContent(Optional<JsonNode> present, Optional<byte[]> wanted) {
        if (present.isEmpty() || wanted.isEmpty()) {
            return present.isEmpty() && wanted.isEmpty();
        }
        byte[] content = Base64.getMimeDecoder().decode(present.get().path("content").asString(""));
        return Arrays.equals(content, wanted.get());
    }

    private int created(String title, String body) throws ForgeException {
        JsonNode pull = JSON.objectNode()
                .put("base", base)
                .put("head", branch)
                .put("title", title)
                .put("body", body);
        return client.json(Request.write(
                        "open a pull request in " + repository, "POST", repo(repository) + "/pulls", pull))
                .path("number")
                .asInt(0);
    }

    private int edited(int number, String title, String body) throws ForgeException {
        String purpose = "bring " + repository + "#" + number + " up to date";
        String path = repo(repository) + "/pulls/" + number;
        JsonNode present = client.json(Request.read(purpose, path));
        if (!present.path("title").asString("").equals(title)
                || !present.path("body").asString("").stripTrailing().equals(body.stripTrailing())) {
            JsonNode texts = JSON.objectNode().put("title", title).put("body", body);
            client.json(Request.write(purpose, "PATCH", path, texts));
        }
        return number;
    }
}
