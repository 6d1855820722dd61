package dev.mergeway.reconciler.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mergeway.reconciler.forge.rest.Comments;
import dev.mergeway.reconciler.forge.rest.StandIn;
import dev.mergeway.reconciler.forge.rest.StandIn.Answer;
import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.Forge.Approval;
import dev.mergeway.reconciler.port.Forge.Comment;
import dev.mergeway.reconciler.port.Forge.CommitStatus;
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
import tools.jackson.databind.json.JsonMapper;

/** A token on GitHub Enterprise, whose API is under /api/v3. */
class GitHubForgeTest {
    private static final String R = "/api/v3/repos/acme/shop";
    private static final String HEAD = "a".repeat(40);
    private static final String MERGE = "c".repeat(40);
    private static final String MARKER = "<!-- mergeway:plan -->";
    private final StandIn api = new StandIn().on("GET /api/v3/user", "{'login':'bot'}");
    private Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private final GitHubForge forge =
            new GitHubForge("hub", api.url(), new GitHubLogin.Token("ghp_x"), () -> now, wait -> now = now.plus(wait));

    @AfterEach
    void close() {
        forge.close();
        api.close();
    }

    private static String pull(int number, String more) {
        return ("{'number':%d,'title':'t','user':{'login':'ann'},'state':'open','draft':true,'html_url':'u',"
                        + "'merge_commit_sha':'%s','merged_at':null,'head':{'ref':'feat','sha':'%s','repo':{'id':1}},"
                        + "'base':{'ref':'main','repo':{'id':1}}%s}")
                .formatted(number, MERGE, HEAD, more);
    }

    private static PullRequest open() {
        return new PullRequest(7, "t", "ann", "feat", HEAD, "main", PullRequest.State.OPEN, null, "u", true, false);
    }

    @Test
    void readsTheMembersOfATeam() throws ForgeException {
        String team = "/api/v3/orgs/acme/teams/reviewers/members";
        api.on("GET " + team, "[{'login':'maria'},{'login':'max'}]")
                .on("GET /api/v3/orgs/acme/teams/hidden/members", asked -> new Answer(403, "{}"))
                .on("GET /api/v3/orgs/acme/teams/odd/members", asked -> new Answer(401, "{}"));
        assertThat(forge.members("acme/shop", "acme/reviewers")).hasValue(Set.of("maria", "max"));
        assertThat(forge.members("acme/shop", "acme/hidden")).isEmpty();
        assertThat(forge.members("acme/shop", "acme/gone")).isEmpty();
        assertThat(forge.members("acme/shop", "maria")).isEmpty();
        assertThatThrownBy(() -> forge.members("acme/shop", "acme/odd"))
                .isInstanceOf(ForgeException.class)
                .hasMessageContaining("list the members of team acme/odd");
        assertThat(forge.owners()).isEqualTo(OwnersStyle.GITHUB);
    }

    @Test
    void readsTheAddressThatAUserShows() throws ForgeException {
        api.on("GET /api/v3/users/maria", "{'login':'maria','email':'maria@example.test'}")
                .on("GET /api/v3/users/max", "{'login':'max','email':null}");
        assertThat(forge.address("acme/shop", "maria")).hasValue("maria@example.test");
        assertThat(forge.address("acme/shop", "max").filter(address -> !address.isEmpty()))
                .isEmpty();
        assertThat(forge.address("acme/shop", "gone")).isEmpty();
    }

    @Test
    void readsPullRequests() throws ForgeException {
        api.on("GET " + R + "/pulls", "[" + pull(8, "") + "," + pull(7, "") + "]")
                .on("GET " + R + "/pulls/7", pull(7, ""))
                .on("GET " + R + "/pulls/9", pull(9, ",'state':'closed','merged':true,'head':{'sha':'x','repo':null}"))
                .on(
                        "GET " + R + "/commits/" + MERGE + "/pulls",
                        "[" + pull(9, ",'state':'closed','merged_at':'2026-01-01T00:00:00Z'") + "]")
                .on(
                        "GET " + R + "/commits/" + HEAD + "/pulls",
                        asked -> new Answer(422, "{\"message\":\"No commit found\"}"));
        assertThat(forge.open("acme/shop", "main"))
                .extracting(PullRequest::number)
                .containsExactly(7, 8);
        assertThat(forge.pull("acme/shop", 7)).hasValue(open());
        PullRequest merged = forge.pull("acme/shop", 9).orElseThrow();
        assertThat(merged.state()).isEqualTo(PullRequest.State.MERGED);
        assertThat(merged.mergeCommit()).hasValue(MERGE);
        assertThat(merged.fork()).as("its repository is deleted").isTrue();
        assertThat(forge.pull("acme/shop", 10)).isEmpty();
        assertThat(forge.pullsOf("acme/shop", MERGE))
                .extracting(PullRequest::number)
                .containsExactly(9);
        assertThat(forge.pullsOf("acme/shop", HEAD)).isEmpty();
    }

    @Test
    void readsWhatOthersSaidBelowOurComment() throws ForgeException {
        String comment =
                "{'id':%d,'user':{'login':'%s'},'body':'%s','created_at':'2026-01-01T%sZ','updated_at':'2026-01-01T%sZ'}";
        api.on("GET /api/v3/user", "{'login':'bot'}")
                .on(
                        "GET " + R + "/issues/7/comments",
                        "["
                                + String.join(
                                        ",",
                                        comment.formatted(1, "ann", "before", "10:00:00", "10:00:00"),
                                        comment.formatted(2, "bot", MARKER + " plan", "10:01:00", "10:10:00"),
                                        comment.formatted(3, "ann", "of an older plan", "10:09:59", "10:30:00"),
                                        comment.formatted(4, "ann", "nobody knows", "10:10:00", "10:10:00"),
                                        comment.formatted(5, "bot", "ours", "10:11:00", "10:11:00"),
                                        comment.formatted(6, "eve", "of this plan", "10:10:01", "10:10:01"))
                                + "]")
                .on("GET " + R + "/issues/comments/6/reactions", "[{'user':{'login':'ann'},'content':'rocket'}]")
                .on("GET " + R + "/issues/comments/3/reactions", "[{'user':{'login':'Bot'},'content':'rocket'}]");
        assertThat(forge.replies("acme/shop", 7, MARKER))
                .containsExactly(
                        new Comment(3, "ann", "of an older plan", "", true),
                        new Comment(4, "ann", "nobody knows", "", false),
                        new Comment(6, "eve", "of this plan", MARKER + " plan", false));
        assertThat(forge.shown("acme/shop", 7, MARKER, Instant.parse("2026-01-01T10:09:59Z")))
                .contains("");
        assertThat(forge.shown("acme/shop", 7, MARKER, Instant.parse("2026-01-01T10:10:00Z")))
                .contains(MARKER + " plan");
        assertThat(forge.shown("acme/shop", 7, "<!-- other -->", Instant.MAX)).contains("");
        assertThat(forge.answered("acme/shop", 7, 6)).isFalse();
        assertThat(forge.answered("acme/shop", 7, 3)).isTrue();
    }

    @Test
    void believesNobodysMarkerWhileItDoesNotKnowItself() throws ForgeException {
        api.on("GET /api/v3/user", asked -> new Answer(403, "{}"));
        var comments = new Comments("bot", "user", "login");
        comments.on(api, R + "/issues/7/comments", R + "/issues/comments/", "PATCH");
        comments.write("eve", MARKER + " forged");
        assertThat(forge.said("acme/shop", 7, MARKER)).isEmpty();
        forge.say("acme/shop", 7, MARKER, MARKER + " plan");
        assertThat(api.asked("PATCH " + R + "/issues/comments/100")).isEmpty();
        assertThat(forge.said("acme/shop", 7, MARKER)).hasValue(MARKER + " plan");
    }

    @Test
    void learnsWhoItIsByAReactionThatItTakesBack() throws ForgeException {
        api.on("GET /api/v3/user", asked -> new Answer(403, "{}"));
        var comments = new Comments("bot", "user", "login");
        comments.on(api, R + "/issues/7/comments", R + "/issues/comments/", "PATCH");
        comments.write("eve", MARKER + " forged");
        comments.write("bot", MARKER + " plan");
        api.on("POST " + R + "/issues/comments/100/reactions", "{'id':5,'user':{'login':'bot'},'content':'eyes'}")
                .on("DELETE " + R + "/issues/comments/100/reactions/5", asked -> new Answer(204, ""));
        assertThat(forge.said("acme/shop", 7, MARKER)).hasValue(MARKER + " plan");
        assertThat(api.asked("DELETE " + R + "/issues/comments/100/reactions/5"))
                .hasSize(1);
        assertThat(forge.said("acme/shop", 7, MARKER)).hasValue(MARKER + " plan");
        assertThat(api.asked("POST " + R + "/issues/comments/100/reactions")).hasSize(1);
    }

    @Test
    void keepsOneComment() throws ForgeException {
        var comments = new Comments("bot", "user", "login");
        comments.on(api, R + "/issues/7/comments", R + "/issues/comments/", "PATCH");
        comments.write("eve", MARKER + " forged");
        for (int i = 0; i < 20; i++) {
            comments.write("ann", "chat");
        }
        forge.say("acme/shop", 7, MARKER, MARKER + " one");
        forge.say("acme/shop", 7, MARKER, MARKER + " two");
        forge.say("acme/shop", 7, MARKER, MARKER + " two\n");
        assertThat(forge.said("acme/shop", 7, MARKER)).hasValue(MARKER + " two");
        assertThat(api.asked("POST " + R + "/issues/7/comments")).hasSize(1);
        assertThat(api.asked("PATCH " + R + "/issues/comments/121")).hasSize(1);
        comments.delete("bot");
        forge.say("acme/shop", 7, MARKER, MARKER + " two");
        assertThat(api.asked("POST " + R + "/issues/7/comments")).hasSize(2);
    }

    @Test
    void setsStatusesASecondApart() throws ForgeException {
        api.on("POST " + R + "/statuses/" + HEAD, "{'creator':{'login':'bot'}}");
        Instant before = now;
        forge.status(
                "acme/shop", HEAD, new CommitStatus("mergeway/plan", CommitStatus.State.PENDING, "x".repeat(200), ""));
        forge.status(
                "acme/shop", HEAD, new CommitStatus("mergeway/plan", CommitStatus.State.ERROR, "y", "https://m/1"));
        List<StandIn.Asked> asked = api.asked("POST " + R + "/statuses/" + HEAD);
        assertThat(asked.get(0).body().path("state").asString("")).isEqualTo("pending");
        assertThat(asked.get(0).body().path("description").asString(""))
                .hasSize(140)
                .endsWith("…");
        assertThat(asked.get(0).body().has("target_url")).isFalse();
        assertThat(asked.get(1).body().path("target_url").asString("")).isEqualTo("https://m/1");
        assertThat(now).isEqualTo(before.plusSeconds(1));
        assertThat(asked.get(0).headers()).containsEntry("authorization", "Bearer ghp_x");
    }

    @Test
    void readsReviewsPermissionsAndReacts() throws ForgeException {
        api.on(
                        "GET " + R + "/pulls/7/reviews",
                        "[{'id':80,'user':{'login':'ann'},'state':'APPROVED','commit_id':'HEAD'},".replace("HEAD", HEAD)
                                + "{'user':{'login':'bob'},'state':'DISMISSED','commit_id':'x'},"
                                + "{'user':{'login':'cid'},'state':'APPROVED','commit_id':'HEAD'},"
                                        .replace("HEAD", HEAD)
                                + "{'user':null,'state':'APPROVED','commit_id':'old'}]")
                .on("GET " + R + "/collaborators/ann/permission", "{'permission':'admin'}")
                .on("GET " + R + "/collaborators/bob/permission", "{'permission':'write'}")
                .on("GET " + R + "/collaborators/cid/permission", "{'permission':'read'}")
                .on("POST " + R + "/issues/comments/5/reactions", "{}");
        assertThat(forge.approvals("acme/shop", 7, HEAD)).containsExactly(new Approval("ann", HEAD, "80"));
        assertThat(forge.permission("acme/shop", "ann")).isEqualTo(Permission.ADMIN);
        assertThat(forge.permission("acme/shop", "bob")).isEqualTo(Permission.WRITE);
        assertThat(forge.permission("acme/shop", "cid")).isEqualTo(Permission.READ);
        assertThat(forge.permission("acme/shop", "dan")).isEqualTo(Permission.NONE);
        forge.react("acme/shop", 7, 5, Reaction.DONE);
        assertThat(api.asked("POST " + R + "/issues/comments/5/reactions")
                        .getFirst()
                        .body()
                        .path("content")
                        .asString(""))
                .isEqualTo("rocket");
    }

    private static Remark finding(String file, int line) {
        var finding = new Finding(Severity.ERROR, file, new Position(line, 1), "", "schema/x", "no @team", "");
        return new Remark(finding, "b: 3");
    }

    @Test
    void showsFindingsWhereTheDiffAllowsIt() throws ForgeException {
        String patch = "@@ -1,2 +1,3 @@\\n a: 1\\n+b: 2\\n c: 3";
        api.on("GET " + R + "/pulls/7/files", "[{'filename':'a.yaml','patch':'" + patch + "'}]")
                .on(
                        "GET " + R + "/pulls/7/comments",
                        "[{'id':4,'user':{'login':'bot'},'body':'<!-- mergeway:findings old -->'},"
                                + "{'id':5,'user':{'login':'eve'},'body':'<!-- mergeway:findings old -->'}]")
                .on("DELETE " + R + "/pulls/comments/4", asked -> new Answer(204, ""))
                .on("POST " + R + "/pulls/7/reviews", "{}");
        List<Remark> findings = List.of(finding("a.yaml", 2), finding("a.yaml", 9), finding("b.yaml", 1));
        forge.annotate("acme/shop", open(), findings);
        JsonNode review = api.asked("POST " + R + "/pulls/7/reviews").getFirst().body();
        assertThat(review.path("comments")).hasSize(1);
        assertThat(review.path("comments").path(0).path("line").asInt(0)).isEqualTo(2);
        String body = review.path("comments").path(0).path("body").asString("");
        assertThat(body).contains("```text\nno @team\n```").contains("```suggestion\nb: 3\n```");
        assertThat(api.asked("DELETE " + R + "/pulls/comments/4")).hasSize(1);

        api.on(
                "GET " + R + "/pulls/7/comments",
                asked -> new Answer(
                        200,
                        "["
                                + JsonMapper.shared()
                                        .writeValueAsString(
                                                Map.of("id", 6, "user", Map.of("login", "bot"), "body", body))
                                + "]"));
        forge.annotate("acme/shop", open(), findings);
        assertThat(api.asked("POST " + R + "/pulls/7/reviews"))
                .as("shown already")
                .hasSize(1);
    }

    private static Optional<byte[]> bytes(String text) {
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatItChangesStaysExecutable() throws ForgeException {
        api.on("GET " + R + "/pulls", "[]")
                .on("GET " + R + "/contents/bin%2Frun.sh", "{'sha':'s1','content':'YQ=='}")
                .on("GET " + R + "/contents/bin%2Fnotes", "{'sha':'s2','content':'YQ=='}")
                .on("GET " + R + "/git/ref/heads%2Fmain", "{'object':{'sha':'tip'}}")
                .on("GET " + R + "/git/commits/tip", "{'tree':{'sha':'t0'}}")
                .on("GET " + R + "/git/trees/t0", "{'tree':[{'path':'bin','mode':'040000','sha':'t9'}]}")
                .on(
                        "GET " + R + "/git/trees/t9",
                        "{'tree':[{'path':'run.sh','mode':'100755','sha':'s1'},{'path':'notes','mode':'100644','sha':'s2'}]}")
                .on("POST " + R + "/git/blobs", asked -> new Answer(201, "{\"sha\":\"b1\"}"))
                .on("POST " + R + "/git/trees", asked -> new Answer(201, "{\"sha\":\"t1\"}"))
                .on("POST " + R + "/git/commits", asked -> new Answer(201, "{\"sha\":\"c1\"}"))
                .on("POST " + R + "/git/refs", asked -> new Answer(201, "{}"))
                .on("POST " + R + "/pulls", asked -> new Answer(201, "{\"number\":12}"));
        forge.propose(
                "acme/shop",
                "main",
                "mergeway/x",
                "Revert x",
                "why",
                Map.of("bin/run.sh", bytes("b"), "bin/notes", bytes("b"), "bin/new", bytes("b")));
        assertThat(api.asked("POST " + R + "/git/trees")
                        .getFirst()
                        .body()
                        .path("tree")
                        .valueStream()
                        .map(entry -> entry.path("path").asString("") + " "
                                + entry.path("mode").asString("")))
                .containsExactly("bin/new 100644", "bin/notes 100644", "bin/run.sh 100755");
        assertThat(api.asked("GET " + R + "/git/trees/t9")).hasSize(1);
    }

    @Test
    void saysWhoMerged() throws ForgeException {
        api.on("GET " + R + "/pulls/7", "{'number':7,'state':'open','body':'why','merged_by':null}");
        assertThat(forge.origin("acme/shop", 7)).contains(new Forge.Origin("why", false, ""));
        api.on(
                "GET " + R + "/pulls/7",
                "{'number':7,'state':'closed','merged':true,'body':null,'merged_by':{'login':'ann'}}");
        assertThat(forge.origin("acme/shop", 7)).contains(new Forge.Origin("", true, "ann"));
    }

    @Test
    void proposesByTreeAndCommit() throws ForgeException {
        api.on("GET " + R + "/pulls", "[]")
                .on("GET " + R + "/contents/old.yaml", "{'sha':'s1','content':'YTog\\nMQo='}")
                .on("GET " + R + "/git/ref/heads%2Fmain", "{'object':{'sha':'tip'}}")
                .on("GET " + R + "/git/commits/tip", "{'tree':{'sha':'t0'}}")
                .on("POST " + R + "/git/blobs", asked -> new Answer(201, "{\"sha\":\"b1\"}"))
                .on("POST " + R + "/git/trees", asked -> new Answer(201, "{\"sha\":\"t1\"}"))
                .on("POST " + R + "/git/commits", asked -> new Answer(201, "{\"sha\":\"c1\"}"))
                .on("POST " + R + "/git/refs", asked -> new Answer(201, "{}"))
                .on("POST " + R + "/pulls", asked -> new Answer(201, "{\"number\":12}"));
        Map<String, Optional<byte[]>> changes =
                Map.of("old.yaml", Optional.empty(), "new.yaml", bytes("b: 1\n"), "gone.yaml", Optional.empty());
        assertThat(forge.propose("acme/shop", "main", "mergeway/x", "Expire x", "why", changes))
                .isEqualTo(12);
        JsonNode tree = api.asked("POST " + R + "/git/trees").getFirst().body();
        assertThat(tree.path("base_tree").asString("")).isEqualTo("t0");
        assertThat(tree.path("tree")).hasSize(2);
        assertThat(tree.path("tree").path(1).path("path").asString("")).isEqualTo("old.yaml");
        assertThat(tree.path("tree").path(1).path("sha").isNull()).isTrue();
        assertThat(api.asked("POST " + R + "/git/refs")
                        .getFirst()
                        .body()
                        .path("ref")
                        .asString(""))
                .isEqualTo("refs/heads/mergeway/x");
        assertThatThrownBy(() ->
                        forge.propose("acme/shop", "main", "mergeway/x", "t", "b", Map.of("old.yaml", bytes("a: 1\n"))))
                .hasMessageContaining("Nothing to propose");

        api.on("GET " + R + "/pulls", "[" + pull(12, ",'head':{'ref':'mergeway/x','sha':'c1','repo':{'id':1}}") + "]")
                .on("GET " + R + "/pulls/12", pull(12, ",'body':'old'"))
                .on("PATCH " + R + "/pulls/12", "{}")
                .on("GET " + R + "/git/ref/heads%2Fmergeway%2Fx", "{'object':{'sha':'c1'}}")
                .on("PATCH " + R + "/git/refs/heads%2Fmergeway%2Fx", "{}");
        assertThat(forge.propose("acme/shop", "main", "mergeway/x", "Expire x", "new", changes))
                .isEqualTo(12);
        assertThat(api.asked("PATCH " + R + "/git/refs/heads%2Fmergeway%2Fx")
                        .getFirst()
                        .body()
                        .path("force")
                        .asBoolean(false))
                .isTrue();
        assertThat(api.asked("PATCH " + R + "/pulls/12")).hasSize(1);
        assertThat(api.asked("POST " + R + "/pulls")).hasSize(1);
    }
}
