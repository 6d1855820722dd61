package dev.mergeway.reconciler.forge.gitlab;

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
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows findings as discussions at lines that the merge request adds. */
record GitLabRemarks(RestClient client, Self self, GitLabRequests requests) {
    /** More at once is a wall that nobody reads, and each is a request of its own. */
    private static final int SHOWN = 20;

    private static final String MARKER = "<!-- mergeway:findings ";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    void show(PullRequest pull, List<Remark> remarks) throws ForgeException {
        String marker = MARKER + FindingText.digest(pull.head(), FindingText.findings(remarks)) + " -->";
        int shown = 0;
        for (JsonNode note : ours(pull)) {
            if (note.path("body").asString("").contains(marker)) {
                shown++;
            } else {
                client.find(Request.write(
                        "take back our remarks on " + name(pull),
                        "DELETE",
                        requests.path(pull.number()) + "/notes/"
                                + note.path("id").asLong(0),
                        null));
            }
        }
        List<Remark> placed = remarks.isEmpty() ? List.of() : placed(pull, remarks);
        // What a run that broke off has shown already comes first, in the same order.
        for (Remark remark : placed.subList(Math.min(shown, placed.size()), placed.size())) {
            discuss(pull, remark, marker);
        }
    }

    private String name(PullRequest pull) {
        return requests.repository() + "!" + pull.number();
    }

    private List<JsonNode> ours(PullRequest pull) throws ForgeException {
        Optional<String> login = self.login();
        Request request = Request.read(
                "read the remarks on " + name(pull),
                requests.path(pull.number()) + "/notes?sort=asc&order_by=created_at&per_page=100");
        return client.all(request).stream()
                .filter(note -> note.path("body").asString("").contains(MARKER))
                .filter(note -> login.map(note.path("author").path("username").asString("")::equalsIgnoreCase)
                        .orElse(false))
                .toList();
    }

    private List<Remark> placed(PullRequest pull, List<Remark> remarks) throws ForgeException {
        Map<String, Patch> patches = new HashMap<>();
        Request request =
                Request.read("read the diff of " + name(pull), requests.path(pull.number()) + "/diffs?per_page=100");
        for (JsonNode file : client.all(request)) {
            patches.put(
                    file.path("new_path").asString(""),
                    Patch.of(file.path("diff").asString("")));
        }
        return remarks.stream()
                .filter(remark -> {
                    Finding finding = remark.finding();
                    Patch patch = patches.get(finding.file());
                    return patch != null
                            && patch.added().contains(finding.position().line());
                })
                .limit(SHOWN)
                .toList();
    }

    private void discuss(PullRequest pull, Remark remark, String marker) throws ForgeException {
        Finding finding = remark.finding();
        String purpose = "show findings on " + name(pull);
        JsonNode refs =
                client.json(Request.read(purpose, requests.path(pull.number()))).path("diff_refs");
        ObjectNode position = JSON.objectNode()
                .put("position_type", "text")
                .put("base_sha", refs.path("base_sha").asString(""))
                .put("start_sha", refs.path("start_sha").asString(""))
                .put("head_sha", refs.path("head_sha").asString(""))
                .put("new_path", finding.file())
                .put("old_path", finding.file())
                .put("new_line", finding.position().line());
        JsonNode body = JSON.objectNode()
                .put("body", FindingText.markdown(remark, "suggestion:-0+0") + "\n\n" + marker)
                .set("position", position);
        client.json(Request.write(purpose, "POST", requests.path(pull.number()) + "/discussions", body));
    }
}
