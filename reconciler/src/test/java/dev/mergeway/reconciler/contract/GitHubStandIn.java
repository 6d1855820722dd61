package dev.mergeway.reconciler.contract;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A GitHub Enterprise of the test's own: its API is judged by GitHub's own description, its webhooks are signed. */
public final class GitHubStandIn extends Stand {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Starts it in an empty folder. */
    public GitHubStandIn(Path folder) {
        super(folder, Judge::gitHub, "/api/v3", "");
        Examples examples = new Examples();
        new GitHubTalk(hosting(), examples).on(routes());
        new GitHubData(hosting(), examples).on(routes());
    }

    /** Whether what it needs is here. */
    public static boolean isReady() {
        return Judge.hasGitHub();
    }

    @Override
    public String type() {
        return "github";
    }

    @Override
    public void pushed(String branch, String before, String after) {
        ObjectNode event = event(Hosting.ROSA)
                .put("ref", "refs/heads/" + branch)
                .put("before", before)
                .put("after", after);
        deliver("push", event);
    }

    @Override
    public void pull(Hosting.Pull pull, String what, String actor) {
        boolean merged = what.equals("merged");
        ObjectNode event = event(actor).put("action", merged ? "closed" : what).put("number", pull.number);
        event.putObject("pull_request")
                .put("number", pull.number)
                .put("merged", merged)
                .putObject("head")
                .put("sha", pull.head);
        deliver("pull_request", event);
    }

    /** A merge queue makes the commit that would merge a pull request and asks for its checks; gives the commit. */
    public String queue(int number) {
        Hosting.Pull pull = hosting().pull(number).orElseThrow();
        Origin origin = hosting().origin();
        String base = origin.git("rev-parse", "refs/heads/main");
        String branch = "gh-readonly-queue/main/pr-" + number + "-" + base;
        origin.move(branch, base);
        String commit = origin.merge(branch, pull.head, "Merge pull request #" + number);
        ObjectNode event = event(Hosting.ROSA).put("action", "checks_requested");
        event.putObject("merge_group")
                .put("head_sha", commit)
                .put("head_ref", "refs/heads/" + branch)
                .put("base_ref", "refs/heads/main");
        deliver("merge_group", event);
        return commit;
    }

    @Override
    public void commented(Hosting.Pull pull, Hosting.Comment comment) {
        ObjectNode event = event(comment.author).put("action", "created");
        event.putObject("issue")
                .put("number", pull.number)
                .putObject("pull_request")
                .put("url", "http://x");
        event.putObject("comment")
                .put("id", comment.id)
                .put("body", comment.body)
                .putObject("user")
                .put("login", comment.author);
        deliver("issue_comment", event);
    }

    @Override
    public void reviewed(Hosting.Pull pull, String reviewer) {
        ObjectNode event = event(reviewer).put("action", "submitted");
        event.putObject("pull_request").put("number", pull.number);
        event.putObject("review").put("state", "approved").putObject("user").put("login", reviewer);
        deliver("pull_request_review", event);
    }

    private static ObjectNode event(String sender) {
        ObjectNode event = JSON.createObjectNode();
        event.putObject("repository").put("full_name", REPOSITORY);
        event.putObject("sender").put("login", sender);
        return event;
    }

    private void deliver(String name, ObjectNode event) {
        String body = event.toString();
        hooks().deliver(
                        body,
                        Map.of(
                                "X-GitHub-Event",
                                name,
                                "X-GitHub-Delivery",
                                delivery(),
                                "X-Hub-Signature-256",
                                "sha256=" + signature(body)));
    }

    private static String signature(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
