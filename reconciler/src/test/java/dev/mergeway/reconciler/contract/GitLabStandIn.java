package dev.mergeway.reconciler.contract;

import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A GitLab of the test's own: its API is judged by GitLab's own client, its webhooks carry the token. */
public final class GitLabStandIn extends Stand {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Starts it in an empty folder. */
    public GitLabStandIn(Path folder) {
        super(folder, Judge::gitLab, "/api/v4", "/api/v4");
        new GitLabTalk(hosting()).on(routes());
    }

    /** Whether what it needs is here. */
    public static boolean isReady() {
        return Judge.hasGitLab();
    }

    @Override
    public String type() {
        return "gitlab";
    }

    @Override
    public void pushed(String branch, String before, String after) {
        ObjectNode event = event("push", Hosting.ROSA);
        event.put("ref", "refs/heads/" + branch).put("before", before).put("after", after);
        deliver("Push Hook", event);
    }

    @Override
    public void pull(Hosting.Pull pull, String what, String actor) {
        ObjectNode event = event("merge_request", actor);
        ObjectNode attributes = event.putObject("object_attributes").put("iid", pull.number);
        switch (what) {
            case "opened" -> attributes.put("action", "open");
            case "merged" -> attributes.put("action", "merge");
            default -> attributes.put("action", "update").put("oldrev", Hosting.NONE);
        }
        attributes.putObject("last_commit").put("id", pull.head);
        deliver("Merge Request Hook", event);
    }

    @Override
    public void commented(Hosting.Pull pull, Hosting.Comment comment) {
        ObjectNode event = event("note", comment.author);
        event.putObject("object_attributes")
                .put("id", comment.id)
                .put("note", comment.body)
                .put("noteable_type", "MergeRequest")
                .put("system", false)
                .put("action", "create");
        event.putObject("merge_request").put("iid", pull.number);
        deliver("Note Hook", event);
    }

    @Override
    public void reviewed(Hosting.Pull pull, String reviewer) {
        ObjectNode event = event("merge_request", reviewer);
        event.putObject("object_attributes").put("iid", pull.number).put("action", "approved");
        deliver("Merge Request Hook", event);
    }

    private static ObjectNode event(String kind, String user) {
        ObjectNode event = JSON.createObjectNode().put("object_kind", kind);
        event.putObject("project").put("path_with_namespace", REPOSITORY);
        event.putObject("user").put("username", user);
        return event;
    }

    private void deliver(String name, ObjectNode event) {
        hooks().deliver(
                        event.toString(),
                        Map.of("X-Gitlab-Event", name, "Idempotency-Key", delivery(), "X-Gitlab-Token", SECRET));
    }
}
