package dev.mergeway.reconciler.forge.github;

import static dev.mergeway.reconciler.forge.github.GitHubForge.repo;

import dev.mergeway.reconciler.forge.rest.FindingText;
import dev.mergeway.reconciler.forge.rest.Request;
import dev.mergeway.reconciler.forge.rest.RestClient;
import dev.mergeway.reconciler.forge.rest.Texts;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Remark;
import dev.mergeway.schema.model.Finding;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows findings as the annotations of a check run, which only an App may make. */
record GitHubChecks(RestClient client, String repository) {
    private static final String NAME = "mergeway/findings";
    /** GitHub's limit for one request; more come with further requests. */
    private static final int AT_ONCE = 50;
    /** Ten requests, a second apart. */
    private static final int SHOWN = 500;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** The newest check run of the name is the one that counts, so a new one replaces what was shown before. */
    void show(PullRequest pull, List<Remark> remarks) throws ForgeException {
        List<Finding> findings = FindingText.findings(remarks);
        String digest = FindingText.digest(pull.head(), findings);
        List<JsonNode> before = before(pull);
        boolean shown = before.stream()
                .anyMatch(run -> run.path("external_id").asString("").equals(digest));
        if (shown || (findings.isEmpty() && before.isEmpty())) {
            return;
        }
        List<Remark> some = remarks.subList(0, Math.min(remarks.size(), SHOWN));
        ObjectNode run = output(findings.size(), some.subList(0, Math.min(some.size(), AT_ONCE)))
                .put("name", NAME)
                .put("head_sha", pull.head())
                .put("external_id", digest)
                .put("status", "completed")
                .put("conclusion", conclusion(findings));
        String purpose = "show findings on " + repository + "#" + pull.number();
        String path = repo(repository) + "/check-runs";
        long id = client.json(Request.write(purpose, "POST", path, run))
                .path("id")
                .asLong(0);
        for (int from = AT_ONCE; from < some.size(); from += AT_ONCE) {
            List<Remark> next = some.subList(from, Math.min(some.size(), from + AT_ONCE));
            client.json(Request.write(purpose, "PATCH", path + "/" + id, output(findings.size(), next)));
        }
    }

    private List<JsonNode> before(PullRequest pull) throws ForgeException {
        JsonNode runs = client.json(Request.read(
                "read the check runs of " + repository + "@" + Texts.brief(pull.head()),
                repo(repository) + "/commits/" + pull.head() + "/check-runs?filter=latest&check_name="
                        + Texts.encode(NAME)));
        return runs.path("check_runs").valueStream().toList();
    }

    private static String conclusion(List<Finding> findings) {
        if (findings.isEmpty()) {
            return "success";
        }
        return findings.stream().anyMatch(Finding::isError) ? "failure" : "neutral";
    }

    private static ObjectNode output(int all, List<Remark> remarks) {
        ArrayNode annotations = JSON.arrayNode();
        for (Remark remark : remarks) {
            Finding finding = remark.finding();
            int line = finding.position().line();
            ObjectNode annotation = annotations
                    .addObject()
                    .put("path", finding.file())
                    .put("start_line", line)
                    .put("end_line", line)
                    .put("annotation_level", level(finding))
                    .put("title", Texts.cut(finding.rule(), 255))
                    .put("message", FindingText.plain(finding));
            if (!remark.line().isEmpty()) {
                annotation.put("raw_details", "It should read:\n" + remark.line());
            }
        }
        ObjectNode output = JSON.objectNode()
                .put("title", all == 0 ? "No findings" : "Findings: " + all)
                .put("summary", "What Mergeway found in the specs of this pull request.")
                .set("annotations", annotations);
        return JSON.objectNode().set("output", output);
    }

    private static String level(Finding finding) {
        return switch (finding.severity()) {
            case ERROR -> "failure";
            case WARNING -> "warning";
            case INFO -> "notice";
        };
    }
}
