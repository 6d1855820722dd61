package dev.mergeway.reconciler.contract;

import dev.mergeway.reconciler.contract.Routes.Call;
import dev.mergeway.reconciler.contract.Routes.Said;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What people and the service say on GitHub: pull requests, comments, reviews, statuses, reactions. */
record GitHubTalk(Hosting hosting, Examples examples) {
    private static final String R = "/repos/acme/shop";
    private static final JsonMapper JSON = JsonMapper.shared();

    void on(Routes routes) {
        routes.on(
                        "GET",
                        "/user",
                        call -> Said.ok(examples.copy("private-user-response-with-public-profile-information")
                                .put("login", Hosting.BOT)))
                .on("GET", R + "/pulls", call -> list(hosting.open(call.query().getOrDefault("base", ""))))
                .on("POST", R + "/pulls", this::open)
                .on(
                        "GET",
                        R + "/pulls/*",
                        call -> hosting.read(call.number(0))
                                .map(pull -> Said.ok(whole(pull)))
                                .orElseGet(Said::unknown))
                .on("PATCH", R + "/pulls/*", this::edit)
                .on("GET", R + "/commits/*/pulls", call -> list(hosting.of(call.part(0))))
                .on("GET", R + "/issues/*/comments", call -> comments(call))
                .on(
                        "POST",
                        R + "/issues/*/comments",
                        call -> Said.created(
                                comment(hosting.say(call.number(0), Hosting.BOT, call.text("body"), "", 0))))
                .on("PATCH", R + "/issues/comments/*", this::reword)
                .on("POST", R + "/issues/comments/*/reactions", this::react)
                .on("POST", R + "/statuses/*", this::status)
                .on("GET", R + "/pulls/*/reviews", this::reviews)
                .on("POST", R + "/pulls/*/reviews", this::review)
                .on("GET", R + "/pulls/*/comments", this::remarks)
                .on("DELETE", R + "/pulls/comments/*", this::drop)
                .on("GET", R + "/pulls/*/files", this::files)
                .on(
                        "GET",
                        "/orgs/acme/teams/reviewers/members",
                        call -> Said.ok(JSON.createArrayNode()
                                .add(examples.copy("team-member-items").put("login", Hosting.MARIA))))
                .on(
                        "GET",
                        R + "/collaborators/*/permission",
                        call -> Said.ok(examples.copy(
                                        "repository-collaborator-permission-response-if-user-has-admin-permissions")
                                .put("permission", Hosting.permission(call.part(0)))));
    }

    private Said open(Call call) {
        return Said.created(whole(hosting.open(
                Hosting.BOT, call.text("head"), call.text("base"), call.text("title"), call.text("body"))));
    }

    private Said edit(Call call) {
        Hosting.Pull pull = hosting.pull(call.number(0)).orElseThrow();
        pull.title = call.body().path("title").asString(pull.title);
        pull.body = call.body().path("body").asString(pull.body);
        return Said.ok(whole(pull));
    }

    private Said list(List<Hosting.Pull> pulls) {
        ArrayNode list = JSON.createArrayNode();
        pulls.forEach(pull -> list.add(facts(examples.copy("pull-request-simple-items"), pull)));
        return Said.ok(list);
    }

    private ObjectNode whole(Hosting.Pull pull) {
        return facts(examples.copy("pull-request"), pull).put("merged", pull.merge != null);
    }

    private static ObjectNode facts(ObjectNode node, Hosting.Pull pull) {
        boolean open = pull.state.equals("open");
        node.put("number", pull.number)
                .put("title", pull.title)
                .put("body", pull.body)
                .put("draft", false);
        node.put("state", open ? "open" : "closed").put("merge_commit_sha", pull.merge);
        node.put("merged_at", pull.merge == null ? null : "2026-01-01T00:00:00Z");
        node.put("closed_at", open ? null : "2026-01-01T00:00:00Z");
        node.put("html_url", "https://github.example.test/acme/shop/pull/" + pull.number);
        login(node, pull.author);
        // The example's own is not what the description wants.
        node.putArray("requested_teams");
        ((ObjectNode) node.path("head")).put("ref", pull.branch).put("sha", pull.head);
        ((ObjectNode) node.path("base")).put("ref", pull.base);
        ((ObjectNode) node.path("head").path("repo")).put("id", 1);
        ((ObjectNode) node.path("base").path("repo")).put("id", 1);
        return node;
    }

    private static ObjectNode login(ObjectNode node, String login) {
        ((ObjectNode) node.path("user")).put("login", login);
        return node;
    }

    private Said comments(Call call) {
        ArrayNode list = JSON.createArrayNode();
        hosting.comments(call.number(0), false).forEach(each -> list.add(comment(each)));
        return Said.ok(list);
    }

    private ObjectNode comment(Hosting.Comment comment) {
        return login(examples.copy("issue-comment"), comment.author)
                .put("id", comment.id)
                .put("body", comment.body);
    }

    private Said reword(Call call) {
        return hosting.comment(Long.parseLong(call.part(0)))
                .map(comment -> {
                    comment.body = call.text("body");
                    return Said.ok(comment(comment));
                })
                .orElseGet(Said::unknown);
    }

    private Said react(Call call) {
        return hosting.comment(Long.parseLong(call.part(0)))
                .map(comment -> {
                    comment.reactions.add(call.text("content"));
                    return Said.created(
                            login(examples.copy("reaction"), Hosting.BOT).put("content", call.text("content")));
                })
                .orElseGet(Said::unknown);
    }

    private Said status(Call call) {
        hosting.status(
                new Hosting.Status(call.part(0), call.text("context"), call.text("state"), call.text("description")));
        ObjectNode status = examples.copy("status");
        ((ObjectNode) status.path("creator")).put("login", Hosting.BOT);
        return Said.created(status.put("state", call.text("state")).put("context", call.text("context")));
    }

    private Said reviews(Call call) {
        ArrayNode list = JSON.createArrayNode();
        hosting.pull(call.number(0))
                .ifPresent(pull -> pull.approvals.forEach(
                        (user, head) -> list.add(login(examples.copy("pull-request-review"), user)
                                .put("state", "APPROVED")
                                .put("commit_id", head))));
        return Said.ok(list);
    }

    private Said review(Call call) {
        for (JsonNode comment : call.body().path("comments")) {
            hosting.say(
                    call.number(0),
                    Hosting.BOT,
                    comment.path("body").asString(""),
                    comment.path("path").asString(""),
                    comment.path("line").asInt(0));
        }
        return Said.ok(login(examples.copy("pull-request-review"), Hosting.BOT).put("state", "COMMENTED"));
    }

    private Said remarks(Call call) {
        ArrayNode list = JSON.createArrayNode();
        hosting.comments(call.number(0), true)
                .forEach(each -> list.add(login(examples.copy("pull-request-review-comment-items"), each.author)
                        .put("id", each.id)
                        .put("body", each.body)));
        return Said.ok(list);
    }

    private Said drop(Call call) {
        hosting.delete(Long.parseLong(call.part(0)));
        return Said.nothing();
    }

    private Said files(Call call) {
        ArrayNode list = JSON.createArrayNode();
        hosting.pull(call.number(0))
                .ifPresent(pull -> hosting.origin()
                        .patches(pull.base, pull.head)
                        .forEach((path, patch) -> list.add(examples.copy("diff-entry-items")
                                .put("filename", path)
                                .put("patch", patch))));
        return Said.ok(list);
    }
}
