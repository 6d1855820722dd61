package dev.mergeway.reconciler.contract;

import dev.mergeway.reconciler.contract.Routes.Call;
import dev.mergeway.reconciler.contract.Routes.Said;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** GitHub's way to files and commits: contents, blobs, trees, commits, refs. */
record GitHubData(Hosting hosting, Examples examples) {
    private static final String R = "/repos/acme/shop";

    void on(Routes routes) {
        routes.on("GET", R + "/contents/**", this::file)
                .on("GET", R + "/git/ref/*", call -> ref(call.part(0).replaceFirst("^heads/", "")))
                .on("GET", R + "/git/commits/*", call -> Said.ok(commit(call.part(0))))
                .on(
                        "POST",
                        R + "/git/blobs",
                        call -> Said.created(examples.copy("short-blob")
                                .put(
                                        "sha",
                                        hosting.origin()
                                                .blob(Base64.getMimeDecoder().decode(call.text("content"))))))
                .on("POST", R + "/git/trees", this::tree)
                .on("POST", R + "/git/commits", this::made)
                .on(
                        "POST",
                        R + "/git/refs",
                        call -> moved(call.text("ref").replaceFirst("^refs/heads/", ""), call, 201))
                .on("PATCH", R + "/git/refs/*", call -> moved(call.part(0).replaceFirst("^heads/", ""), call, 200));
    }

    private Said file(Call call) {
        return hosting.origin()
                .file(call.query().getOrDefault("ref", "main"), call.part(0))
                .map(blob -> Said.ok(examples.copy("content-file-response-if-content-is-a-file")
                        .put("path", call.part(0))
                        .put("sha", blob)
                        .put(
                                "content",
                                Base64.getMimeEncoder()
                                        .encodeToString(hosting.origin().bytes(blob)))))
                .orElseGet(Said::unknown);
    }

    private Said ref(String branch) {
        return Optional.ofNullable(hosting.origin().branches().get(branch))
                .map(tip -> Said.ok(ref(branch, tip)))
                .orElseGet(Said::unknown);
    }

    private ObjectNode ref(String branch, String tip) {
        ObjectNode ref = examples.copy("git-ref").put("ref", "refs/heads/" + branch);
        ((ObjectNode) ref.path("object")).put("sha", tip);
        return ref;
    }

    private ObjectNode commit(String id) {
        ObjectNode commit = examples.copy("git-commit").put("sha", id);
        ((ObjectNode) commit.path("tree")).put("sha", hosting.origin().git("rev-parse", id + "^{tree}"));
        return commit;
    }

    private Said tree(Call call) {
        Map<String, Optional<byte[]>> changes = new LinkedHashMap<>();
        for (JsonNode entry : call.body().path("tree")) {
            JsonNode blob = entry.path("sha");
            changes.put(
                    entry.path("path").asString(""),
                    blob.isNull()
                            ? Optional.empty()
                            : Optional.of(hosting.origin().bytes(blob.asString(""))));
        }
        String tree = hosting.origin().tree(call.text("base_tree"), changes);
        return Said.created(examples.copy("git-tree").put("sha", tree));
    }

    private Said made(Call call) {
        List<String> parents = call.body()
                .path("parents")
                .valueStream()
                .map(parent -> parent.asString(""))
                .toList();
        return Said.created(commit(hosting.origin().commit(call.text("tree"), parents, call.text("message"))));
    }

    private Said moved(String branch, Call call, int status) {
        hosting.origin().move(branch, call.text("sha"));
        hosting.look();
        return new Said(status, ref(branch, call.text("sha")));
    }
}
