package dev.mergeway.reconciler.contract;

import dev.mergeway.reconciler.contract.Routes.Call;
import dev.mergeway.reconciler.contract.Routes.Said;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The part of GitLab's API that the service speaks. */
record GitLabTalk(Hosting hosting) {
    private static final String P = "/api/v4/projects/acme%2Fshop";
    private static final String M = P + "/merge_requests";
    private static final List<String> PEOPLE = List.of(Hosting.BOT, Hosting.ROSA, Hosting.MARIA, "guest");
    private static final JsonMapper JSON = JsonMapper.shared();

    void on(Routes routes) {
        routes.on("GET", "/api/v4/user", call -> Said.ok(user(Hosting.BOT)))
                .on(
                        "GET",
                        "/api/v4/users",
                        call -> Said.ok(array().add(user(call.query().getOrDefault("username", "")))))
                .on("GET", P + "/members/all/*", this::member)
                .on(
                        "GET",
                        "/api/v4/groups/acme%2Freviewers/members",
                        call -> Said.ok(array().add(user(Hosting.MARIA).put("access_level", 30))))
                .on("GET", M, call -> list(hosting.open(call.query().getOrDefault("target_branch", ""))))
                .on("POST", M, this::open)
                .on(
                        "GET",
                        M + "/*",
                        call -> hosting.read(call.number(0))
                                .map(pull -> Said.ok(whole(pull)))
                                .orElseGet(Said::unknown))
                .on("PUT", M + "/*", this::edit)
                .on("GET", M + "/*/versions", this::versions)
                .on("GET", M + "/*/diffs", this::diffs)
                .on("GET", M + "/*/approvals", this::approvals)
                .on("GET", M + "/*/notes", this::notes)
                .on(
                        "POST",
                        M + "/*/notes",
                        call -> Said.created(note(hosting.say(call.number(0), Hosting.BOT, call.text("body"), "", 0))))
                .on("PUT", M + "/*/notes/*", this::reword)
                .on("DELETE", M + "/*/notes/*", this::drop)
                .on("POST", M + "/*/notes/*/award_emoji", this::award)
                .on("POST", M + "/*/discussions", this::discuss)
                .on("POST", P + "/statuses/*", this::status)
                .on("GET", P + "/repository/commits/*/merge_requests", call -> list(hosting.of(call.part(0))))
                .on("GET", P + "/repository/files/*", this::file)
                .on("POST", P + "/repository/commits", this::commit);
    }

    private static ObjectNode object() {
        return JSON.createObjectNode();
    }

    private static ArrayNode array() {
        return JSON.createArrayNode();
    }

    private static ObjectNode user(String name) {
        return object().put("id", PEOPLE.indexOf(name) + 1)
                .put("username", name)
                .put("name", name)
                .put("state", "active");
    }

    private Said member(Call call) {
        String name = PEOPLE.get(call.number(0) - 1);
        int level = switch (Hosting.permission(name)) {
            case "admin" -> 40;
            case "write" -> 30;
            default -> 20;
        };
        return Said.ok(user(name).put("access_level", level));
    }

    private Said list(List<Hosting.Pull> pulls) {
        ArrayNode list = array();
        pulls.forEach(pull -> list.add(basic(pull)));
        return Said.ok(list);
    }

    private static ObjectNode basic(Hosting.Pull pull) {
        ObjectNode node = object().put("id", 7000 + pull.number)
                .put("iid", pull.number)
                .put("title", pull.title)
                .put("description", pull.body)
                .put("state", pull.state.equals("open") ? "opened" : pull.state)
                .put("source_branch", pull.branch)
                .put("target_branch", pull.base)
                .put("source_project_id", 3)
                .put("target_project_id", 3)
                .put("sha", pull.head)
                .put("merge_commit_sha", pull.merge)
                .put("draft", false)
                .put("web_url", "https://gitlab.example.test/acme/shop/-/merge_requests/" + pull.number);
        return node.set(
                "author", object().put("id", 2).put("username", pull.author).put("name", pull.author));
    }

    private ObjectNode whole(Hosting.Pull pull) {
        ObjectNode node = basic(pull);
        String base = hosting.origin().git("merge-base", "refs/heads/" + pull.base, pull.head);
        node.putObject("diff_refs").put("base_sha", base).put("start_sha", base).put("head_sha", pull.head);
        return node;
    }

    private Said open(Call call) {
        return Said.created(whole(hosting.open(
                Hosting.BOT,
                call.text("source_branch"),
                call.text("target_branch"),
                call.text("title"),
                call.text("description"))));
    }

    private Said edit(Call call) {
        Hosting.Pull pull = hosting.pull(call.number(0)).orElseThrow();
        pull.title = call.body().path("title").asString(pull.title);
        pull.body = call.body().path("description").asString(pull.body);
        return Said.ok(whole(pull));
    }

    private Said versions(Call call) {
        Hosting.Pull pull = hosting.pull(call.number(0)).orElseThrow();
        return Said.ok(array().add(object().put("id", 1)
                .put("head_commit_sha", pull.head)
                .put("created_at", "2026-01-01T00:00:00.000Z")));
    }

    private Said diffs(Call call) {
        Hosting.Pull pull = hosting.pull(call.number(0)).orElseThrow();
        ArrayNode list = array();
        hosting.origin()
                .patches(pull.base, pull.head)
                .forEach((path, patch) -> list.add(
                        object().put("old_path", path).put("new_path", path).put("diff", patch)));
        return Said.ok(list);
    }

    private Said approvals(Call call) {
        Hosting.Pull pull = hosting.pull(call.number(0)).orElseThrow();
        ObjectNode node = object().put("id", 1).put("iid", pull.number);
        ArrayNode by = node.putArray("approved_by");
        pull.approvals
                .keySet()
                .forEach(
                        user -> by.addObject().set("user", object().put("id", 3).put("username", user)));
        return Said.ok(node);
    }

    private Said notes(Call call) {
        ArrayNode list = array();
        hosting.comments(call.number(0), false).forEach(each -> list.add(note(each)));
        hosting.comments(call.number(0), true).forEach(each -> list.add(note(each)));
        hosting.pull(call.number(0))
                .ifPresent(pull -> pull.approvals.keySet().forEach(user -> list.add(approved(user))));
        return Said.ok(list);
    }

    /** GitLab writes a note of its own: its client knows no other way to learn when it was. */
    private ObjectNode approved(String user) {
        ObjectNode node = object().put("id", hosting.id())
                .put("body", "approved this merge request")
                .put("system", true)
                .put("created_at", "2026-06-01T00:00:00Z");
        return node.set("author", object().put("id", 3).put("username", user));
    }

    private static ObjectNode note(Hosting.Comment comment) {
        ObjectNode node =
                object().put("id", comment.id).put("body", comment.body).put("system", false);
        return node.set("author", object().put("id", 1).put("username", comment.author));
    }

    private Said reword(Call call) {
        return hosting.comment(Long.parseLong(call.part(1)))
                .map(comment -> {
                    comment.body = call.text("body");
                    return Said.ok(note(comment));
                })
                .orElseGet(Said::unknown);
    }

    private Said drop(Call call) {
        hosting.delete(Long.parseLong(call.part(1)));
        return Said.nothing();
    }

    private Said award(Call call) {
        return hosting.comment(Long.parseLong(call.part(1)))
                .map(comment -> {
                    comment.reactions.add(call.text("name"));
                    return Said.created(object().put("id", hosting.id()).put("name", call.text("name")));
                })
                .orElseGet(Said::unknown);
    }

    private Said discuss(Call call) {
        JsonNode position = call.body().path("position");
        Hosting.Comment comment = hosting.say(
                call.number(0),
                Hosting.BOT,
                call.text("body"),
                position.path("new_path").asString(""),
                position.path("new_line").asInt(0));
        ObjectNode discussion = object().put("id", "d" + comment.id).put("individual_note", false);
        discussion.putArray("notes").add(note(comment));
        return Said.created(discussion);
    }

    private Said status(Call call) {
        hosting.status(
                new Hosting.Status(call.part(0), call.text("name"), call.text("state"), call.text("description")));
        return Said.created(object().put("id", hosting.id())
                .put("sha", call.part(0))
                .put("name", call.text("name"))
                .put("status", call.text("state"))
                .put("description", call.text("description")));
    }

    private Said file(Call call) {
        String path = call.part(0);
        return hosting.origin()
                .file(call.query().getOrDefault("ref", "main"), path)
                .map(blob -> Said.ok(object().put("file_path", path)
                        .put("blob_id", blob)
                        .put("encoding", "base64")
                        .put(
                                "content",
                                Base64.getEncoder()
                                        .encodeToString(hosting.origin().bytes(blob)))))
                .orElseGet(Said::unknown);
    }

    /** One commit on top of the start branch; {@code force} puts the branch there, wherever it was. */
    private Said commit(Call call) {
        Origin origin = hosting.origin();
        String parent = origin.git("rev-parse", "refs/heads/" + call.text("start_branch"));
        Map<String, Optional<byte[]>> changes = new LinkedHashMap<>();
        for (JsonNode action : call.body().path("actions")) {
            boolean gone = action.path("action").asString("").equals("delete");
            byte[] content =
                    Base64.getMimeDecoder().decode(action.path("content").asString(""));
            changes.put(action.path("file_path").asString(""), gone ? Optional.empty() : Optional.of(content));
        }
        String tree = origin.tree(parent + "^{tree}", changes);
        String commit = origin.commit(tree, List.of(parent), call.text("commit_message"));
        origin.move(call.text("branch"), commit);
        hosting.look();
        return Said.created(object().put("id", commit).put("message", call.text("commit_message")));
    }
}
