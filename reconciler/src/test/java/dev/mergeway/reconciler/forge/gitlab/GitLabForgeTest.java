package dev.mergeway.reconciler.forge.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mergeway.reconciler.forge.rest.Comments;
import dev.mergeway.reconciler.forge.rest.StandIn;
import dev.mergeway.reconciler.forge.rest.StandIn.Answer;
import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.Forge.Approval;
import dev.mergeway.reconciler.port.Forge.CommitStatus;
import dev.mergeway.reconciler.port.Forge.CommitStatus.State;
import dev.mergeway.reconciler.port.Forge.Permission;
import dev.mergeway.reconciler.port.Forge.Reaction;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Remark;
import dev.mergeway.reconciler.run.OwnersStyle;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GitLabForgeTest {
    private static final String REPOSITORY = "acme/team/shop";
    private static final String P = "/api/v4/projects/acme%2Fteam%2Fshop";
    private static final String MR = P + "/merge_requests/7";
    private static final String HEAD = "a".repeat(40);
    private static final String MARKER = "<!-- mergeway:plan -->";
    private final StandIn api = new StandIn().on("GET /api/v4/user", "{'username':'bot'}");
    private Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private final GitLabForge forge =
            new GitLabForge("lab", api.url(), "glpat-x", () -> now, wait -> now = now.plus(wait));

    @AfterEach
    void close() {
        forge.close();
        api.close();
    }

    private static String request(int number, String more) {
        return ("{'iid':%d,'title':'t','author':{'username':'ann'},'source_branch':'feat','sha':'%s','target_branch':'main',"
                        + "'state':'opened','web_url':'u','draft':false,'source_project_id':1,'target_project_id':1%s}")
                .formatted(number, HEAD, more);
    }

    private static PullRequest open() {
        return new PullRequest(7, "t", "ann", "feat", HEAD, "main", PullRequest.State.OPEN, null, "u", false, false);
    }

    @Test
    void saysWhoMerged() throws ForgeException {
        api.on("GET " + MR, request(7, ",'description':'why','merge_user':null"));
        assertThat(forge.origin(REPOSITORY, 7)).contains(new Forge.Origin("why", false, ""));
        String merged = request(7, ",'merge_user':{'username':'ann'}").replace("'opened'", "'merged'");
        api.on("GET " + MR, merged);
        assertThat(forge.origin(REPOSITORY, 7)).contains(new Forge.Origin("", true, "ann"));
        api.on("GET " + MR, merged.replace("merge_user", "merged_by"));
        assertThat(forge.origin(REPOSITORY, 7)).contains(new Forge.Origin("", true, "ann"));
    }

    @Test
    void readsTheMembersOfAGroup() throws ForgeException {
        api.on(
                        "GET /api/v4/groups/acme%2Freviewers/members",
                        "[{'username':'maria','state':'active'},{'username':'gone','state':'blocked'}]")
                .on("GET /api/v4/groups/all/members", "[{'username':'ann','state':'active'}]")
                .on("GET /api/v4/users", asked -> StandIn.ok(asked.query().endsWith("=max") ? "[{'id':3}]" : "[]"));
        assertThat(forge.members(REPOSITORY, "acme/reviewers")).hasValue(Set.of("maria"));
        assertThat(forge.members(REPOSITORY, "all")).hasValue(Set.of("ann"));
        assertThat(forge.members(REPOSITORY, "max")).as("a user").hasValue(Set.of("max"));
        assertThat(forge.members(REPOSITORY, "nobody")).isEmpty();
        assertThat(forge.members(REPOSITORY, "acme/hidden")).isEmpty();
        assertThat(forge.owners()).isEqualTo(OwnersStyle.GITLAB);
    }

    @Test
    void readsWhoHasARoleAndWhoShowsAnAddress() throws ForgeException {
        api.on(
                        "GET " + P + "/members",
                        "[{'username':'dev','access_level':30},{'username':'max','access_level':40,'state':'active'},"
                                + "{'username':'gone','access_level':40,'state':'blocked'},{'username':'top','access_level':50}]")
                .on("GET /api/v4/users", asked -> StandIn.ok(asked.query().endsWith("=max") ? "[{'id':3}]" : "[]"))
                .on("GET /api/v4/users/3", "{'public_email':'max@example.test'}");
        assertThat(forge.members(REPOSITORY, "@maintainer")).hasValue(Set.of("max"));
        assertThat(forge.members(REPOSITORY, "@Developers")).hasValue(Set.of("dev"));
        assertThat(forge.members(REPOSITORY, "@owner")).hasValue(Set.of("top"));
        assertThat(forge.members(REPOSITORY, "@reporter")).hasValue(Set.of());
        assertThat(forge.address(REPOSITORY, "max")).hasValue("max@example.test");
        assertThat(forge.address(REPOSITORY, "nobody")).isEmpty();
    }

    @Test
    void readsMergeRequests() throws ForgeException {
        api.on("GET " + P + "/merge_requests", "[" + request(7, "") + "]")
                .on("GET " + MR, request(7, ""))
                .on(
                        "GET " + P + "/merge_requests/8",
                        request(8, ",'state':'merged','merge_commit_sha':null,'squash_commit_sha':'sq'"))
                .on("GET " + P + "/merge_requests/9", request(9, ",'state':'merged','source_project_id':3"))
                .on("GET " + P + "/repository/commits/sq/merge_requests", "[" + request(8, "") + "]");
        assertThat(forge.open(REPOSITORY, "main")).containsExactly(open());
        assertThat(api.asked("GET " + P + "/merge_requests").getFirst().query()).contains("target_branch=main");
        assertThat(forge.pull(REPOSITORY, 7)).hasValue(open());
        assertThat(forge.pull(REPOSITORY, 8).orElseThrow().mergeCommit()).hasValue("sq");
        PullRequest forwarded = forge.pull(REPOSITORY, 9).orElseThrow();
        assertThat(forwarded.mergeCommit()).hasValue(HEAD);
        assertThat(forwarded.fork()).isTrue();
        assertThat(forge.pull(REPOSITORY, 10)).isEmpty();
        assertThat(forge.pullsOf(REPOSITORY, "sq"))
                .extracting(PullRequest::number)
                .containsExactly(8);
        assertThat(forge.pullsOf(REPOSITORY, HEAD)).isEmpty();
        assertThat(api.asked().getFirst().headers()).containsEntry("private-token", "glpat-x");
    }

    @Test
    void keepsOneNote() throws ForgeException {
        var notes = new Comments("bot", "author", "username");
        notes.on(api, MR + "/notes", MR + "/notes/", "PUT");
        notes.write("eve", MARKER + " forged");
        forge.say(REPOSITORY, 7, MARKER, MARKER + " one");
        forge.say(REPOSITORY, 7, MARKER, MARKER + " two");
        forge.say(REPOSITORY, 7, MARKER, MARKER + " two");
        assertThat(forge.said(REPOSITORY, 7, MARKER)).hasValue(MARKER + " two");
        assertThat(api.asked("POST " + MR + "/notes")).hasSize(1);
        assertThat(api.asked("PUT " + MR + "/notes/101")).hasSize(1);
    }

    @Test
    void takesAStatusThatIsSetAlreadyAsSet() throws ForgeException {
        api.then(
                new Answer(
                        400,
                        "{\"message\":\"Cannot transition status via :enqueue from :pending (Reason(s): Status cannot transition via \\\"enqueue\\\")\"}"));
        forge.status(REPOSITORY, HEAD, new CommitStatus("mergeway/plan", State.PENDING, "d", ""));
        api.then(new Answer(400, "{\"message\":{\"name\":[\"is too long\"]}}"));
        assertThatThrownBy(() ->
                        forge.status(REPOSITORY, HEAD, new CommitStatus("mergeway/plan", State.FAILURE, "d", "u")))
                .isInstanceOf(ForgeException.class)
                .hasMessageContaining("is too long");
        api.then(new Answer(400, "{\"message\":\"Cannot transition status via :enqueue from :running\"}"));
        assertThatThrownBy(() ->
                        forge.status(REPOSITORY, HEAD, new CommitStatus("mergeway/plan", State.PENDING, "d", "u")))
                .isInstanceOf(ForgeException.class);
        List<StandIn.Asked> asked = api.asked("POST " + P + "/statuses/" + HEAD);
        assertThat(asked.get(0).body().path("state").asString("")).isEqualTo("pending");
        assertThat(asked.get(1).body().path("state").asString("")).isEqualTo("failed");
        assertThat(asked.get(1).body().path("name").asString("")).isEqualTo("mergeway/plan");
    }

    /** As GitLab does where no branch of the project holds the commit and no pipeline of it is there. */
    private Answer statusOfAFork(StandIn.Asked asked) {
        String ref = asked.body().path("ref").asString("");
        return ref.isEmpty()
                ? new Answer(404, "{\"message\":\"404 References for commit Not Found\"}")
                : new Answer(201, "{}");
    }

    @Test
    void aStatusOfAForksHeadNamesItsMergeRequest() throws ForgeException {
        String statuses = "POST " + P + "/statuses/" + HEAD;
        String others = request(5, ",'state':'closed'").replace("'state':'opened',", "");
        api.on(statuses, this::statusOfAFork)
                .on(
                        "GET " + P + "/repository/commits/" + HEAD + "/merge_requests",
                        "[" + others + "," + request(6, "").replace(HEAD, "b".repeat(40)) + "," + request(7, "") + "]");
        CommitStatus status = new CommitStatus("mergeway/plan", State.FAILURE, "From a fork", "");
        forge.status(REPOSITORY, HEAD, status);
        StandIn.Asked last = api.asked(statuses).getLast();
        assertThat(last.body().path("ref").asString("")).isEqualTo("refs/merge-requests/7/head");
        assertThat(last.body().path("state").asString("")).isEqualTo("failed");

        api.on("GET " + P + "/repository/commits/" + HEAD + "/merge_requests", "[]");
        assertThatThrownBy(() -> forge.status(REPOSITORY, HEAD, status))
                .isInstanceOf(ForgeException.class)
                .hasMessageContaining("References for commit");
    }

    @Test
    void countsApprovalsGivenAfterTheHeadCame() throws ForgeException {
        String users = "{'approved_by':[{'user':{'username':'ann'}%s},{'user':{'username':'bob'}%s}]}";
        String early = ",'approved_at':'2026-11-25T09:00:00.000Z'";
        String late = ",'approved_at':'2026-11-25T12:00:00.000+01:00'";
        api.on("GET /api/v4/users", "[{'id':1}]")
                .on("GET " + P + "/members/all/1", "{'access_level':30}")
                .on(
                        "GET " + MR + "/versions",
                        "[{'id':3,'head_commit_sha':'HEAD','created_at':'2026-11-25T10:00:00.000Z'},"
                                        .replace("HEAD", HEAD)
                                + "{'id':2,'head_commit_sha':'old','created_at':'2026-11-25T08:00:00.000Z'}]")
                .on("GET " + MR + "/approvals", users.formatted(early, late));
        assertThat(forge.approvals(REPOSITORY, 7, HEAD))
                .containsExactly(new Approval("bob", HEAD, "2026-11-25T11:00:00Z"));
        assertThat(forge.approvals(REPOSITORY, 7, "old")).isEmpty();
        String note =
                "{'system':%s,'author':{'username':'ann'},'body':'approved this merge request','created_at':'%s'}";
        api.on("GET " + MR + "/approvals", users.formatted("", ""))
                .on(
                        "GET " + MR + "/notes",
                        "[" + note.formatted("true", "2026-11-25T09:00:00Z") + ","
                                + note.formatted("true", "2026-11-25T10:30:00Z") + ","
                                + note.formatted("false", "2026-11-25T10:40:00Z")
                                        .replace("ann", "bob") + "]");
        assertThat(forge.approvals(REPOSITORY, 7, HEAD))
                .containsExactly(new Approval("ann", HEAD, "2026-11-25T10:30:00Z"));
        api.on("GET " + P + "/members/all/1", "{'access_level':20}");
        assertThat(forge.approvals(REPOSITORY, 7, HEAD))
                .as("a reporter's word counts for nothing")
                .isEmpty();
    }

    @Test
    void readsPermissionsAndReacts() throws ForgeException {
        api.on(
                        "GET /api/v4/users",
                        asked -> StandIn.ok(
                                asked.query().endsWith("nobody")
                                        ? "[]"
                                        : "[{'id':" + asked.query().length() + "}]"))
                .on("GET " + P + "/members/all/10", "{'access_level':30}")
                .on("GET " + P + "/members/all/11", "{'access_level':50}")
                .on("GET " + P + "/members/all/12", "{'access_level':20}")
                .on("GET " + P + "/members/all/13", "{'access_level':50,'state':'blocked'}");
        assertThat(forge.permission(REPOSITORY, "a")).isEqualTo(Permission.WRITE);
        assertThat(forge.permission(REPOSITORY, "ab")).isEqualTo(Permission.ADMIN);
        assertThat(forge.permission(REPOSITORY, "abc")).isEqualTo(Permission.READ);
        assertThat(forge.permission(REPOSITORY, "abcd")).isEqualTo(Permission.NONE);
        assertThat(forge.permission(REPOSITORY, "abcde")).isEqualTo(Permission.NONE);
        assertThat(forge.permission(REPOSITORY, "nobody")).isEqualTo(Permission.NONE);
        api.then(new Answer(404, "{\"message\":\"404 Award Emoji Name has already been taken Not Found\"}"));
        forge.react(REPOSITORY, 7, 5, Reaction.SEEN);
        assertThat(api.asked("POST " + MR + "/notes/5/award_emoji")
                        .getFirst()
                        .body()
                        .path("name")
                        .asString(""))
                .isEqualTo("eyes");
        assertThatThrownBy(() -> forge.react(REPOSITORY, 7, 6, Reaction.SEEN)).isInstanceOf(ForgeException.class);
    }

    private static Remark finding(String file, int line) {
        return new Remark(new Finding(Severity.WARNING, file, new Position(line, 1), "", "schema/x", "no", ""), "b: 3");
    }

    @Test
    void showsFindingsAtAddedLines() throws ForgeException {
        String diff = "@@ -1,2 +1,3 @@\\n a: 1\\n+b: 2\\n c: 3\\n";
        api.on("GET " + MR + "/diffs", "[{'new_path':'dir/a.yaml','diff':'" + diff + "'}]")
                .on(
                        "GET " + MR + "/notes",
                        "[{'id':4,'author':{'username':'bot'},'body':'<!-- mergeway:findings old -->'}]")
                .on("DELETE " + MR + "/notes/4", asked -> new Answer(204, ""))
                .on("GET " + MR, request(7, ",'diff_refs':{'base_sha':'b','start_sha':'s','head_sha':'h'}"))
                .on("POST " + MR + "/discussions", asked -> new Answer(201, "{}"));
        forge.annotate(REPOSITORY, open(), List.of(finding("dir/a.yaml", 2), finding("dir/a.yaml", 3)));
        assertThat(api.asked("DELETE " + MR + "/notes/4")).hasSize(1);
        assertThat(api.asked("POST " + MR + "/discussions")).hasSize(1);
        JsonNode position =
                api.asked("POST " + MR + "/discussions").getFirst().body().path("position");
        assertThat(position.path("new_line").asInt(0)).isEqualTo(2);
        assertThat(position.path("start_sha").asString("")).isEqualTo("s");
        assertThat(api.asked("POST " + MR + "/discussions")
                        .getFirst()
                        .body()
                        .path("body")
                        .asString(""))
                .contains("```suggestion:-0+0\nb: 3\n```");
    }

    @Test
    void proposesInOneCommit() throws ForgeException {
        api.on("GET " + P + "/merge_requests", "[]")
                .on("GET " + P + "/repository/files/dir%2Fold.yaml", "{'content':'YTogMQo='}")
                .on("POST " + P + "/repository/commits", asked -> new Answer(201, "{}"))
                .on("POST " + P + "/merge_requests", asked -> new Answer(201, "{\"iid\":12}"));
        Map<String, Optional<byte[]>> changes = Map.of(
                "dir/old.yaml", Optional.empty(),
                "new.yaml", Optional.of("b: 1\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(forge.propose(REPOSITORY, "main", "mergeway/x", "t", "b", changes))
                .isEqualTo(12);
        JsonNode commit =
                api.asked("POST " + P + "/repository/commits").getFirst().body();
        assertThat(commit.path("start_branch").asString("")).isEqualTo("main");
        assertThat(commit.path("force").asBoolean(false)).isTrue();
        assertThat(commit.path("actions")).hasSize(2);
        assertThat(commit.path("actions").path(0).path("action").asString("")).isEqualTo("delete");
        assertThat(commit.path("actions").path(1).path("action").asString("")).isEqualTo("create");
    }
}
