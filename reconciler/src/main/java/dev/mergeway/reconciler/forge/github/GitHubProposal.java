package dev.mergeway.reconciler.forge.github;

import static dev.mergeway.reconciler.forge.github.GitHubForge.repo;

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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A proposal on GitHub: blobs, a tree, a commit, then the branch is set to it. A ref is one segment of a path, its slashes
 * encoded, as Octokit sends it and the description of the API has it; so is the path of a file.
 */
record GitHubProposal(RestClient client, String repository, String base, String branch) implements Proposal.Steps {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Override
    public List<PullRequest> open() throws ForgeException {
        return new GitHubPulls(client, repository).open(base);
    }

    @Override
    public Optional<JsonNode> file(String ref, String path) throws ForgeException {
        return client.find(Request.read(
                "read " + path + " of " + repository,
                repo(repository) + "/contents/" + Texts.encode(path) + "?ref=" + Texts.encode(ref)));
    }

    @Override
    public void commit(String message, Map<String, Proposal.Change> changes) throws ForgeException {
        String parent = tip(base)
                .orElseThrow(() -> new ForgeException(
                        "Branch " + base + " of " + repository + " is gone: check the configuration.",
                        false,
                        null,
                        null));
        String tree = git("read its tip", "GET", "/commits/" + parent, null)
                .path("tree")
                .path("sha")
                .asString("");
        ObjectNode commit = JSON.objectNode().put("message", message).put("tree", tree(tree, changes));
        commit.putArray("parents").add(parent);
        String id = git("commit", "POST", "/commits", commit).path("sha").asString("");
        if (tip(branch).isPresent()) {
            JsonNode moved = JSON.objectNode().put("sha", id).put("force", true);
            git("move the branch", "PATCH", "/refs/" + Texts.encode("heads/" + branch), moved);
        } else {
            JsonNode made = JSON.objectNode().put("ref", "refs/heads/" + branch).put("sha", id);
            git("make the branch", "POST", "/refs", made);
        }
    }

    private String tree(String from, Map<String, Proposal.Change> changes) throws ForgeException {
        ArrayNode entries = JSON.arrayNode();
        Modes modes = new Modes(client, repository, from);
        for (Map.Entry<String, Proposal.Change> change : changes.entrySet()) {
            ObjectNode entry = entries.addObject()
                    .put("path", change.getKey())
                    .put("mode", change.getValue().present().isPresent() ? modes.of(change.getKey()) : Modes.PLAIN)
                    .put("type", "blob");
            Optional<byte[]> content = change.getValue().content();
            if (content.isPresent()) {
                entry.put("sha", blob(content.get()));
            } else {
                entry.putNull("sha");
            }
        }
        JsonNode tree = JSON.objectNode().put("base_tree", from).set("tree", entries);
        return git("write a tree", "POST", "/trees", tree).path("sha").asString("");
    }

    private String blob(byte[] content) throws ForgeException {
        JsonNode blob = JSON.objectNode()
                .put("content", Base64.getEncoder().encodeToString(content))
                .put("encoding", "base64");
        return git("write a file", "POST", "/blobs", blob).path("sha").asString("");
    }

    private Optional<String> tip(String of) throws ForgeException {
        return client.find(Request.read(
                        "read branch " + of + " of " + repository,
                        repo(repository) + "/git/ref/" + Texts.encode("heads/" + of)))
                .map(ref -> ref.path("object").path("sha").asString(""));
    }

    private JsonNode git(String what, String method, String path, @Nullable JsonNode body) throws ForgeException {
        String purpose = what + " for branch " + branch + " of " + repository;
        return client.json(Request.write(purpose, method, repo(repository) + "/git" + path, body));
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
