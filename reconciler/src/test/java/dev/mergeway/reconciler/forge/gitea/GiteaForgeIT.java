package dev.mergeway.reconciler.forge.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mergeway.reconciler.forge.rest.Waiting;
import dev.mergeway.reconciler.port.Forge.Approval;
import dev.mergeway.reconciler.port.Forge.CommitStatus;
import dev.mergeway.reconciler.port.Forge.Permission;
import dev.mergeway.reconciler.port.Forge.Reaction;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Remark;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The whole port against a real Gitea. */
@ExtendWith(GiteaServer.Extension.class)
class GiteaForgeIT {
    private static final String MARKER = "<!-- mergeway:plan -->";
    private final GiteaServer gitea;
    private final GiteaForge forge;
    private String repository = "";

    GiteaForgeIT(GiteaServer gitea) {
        this.gitea = gitea;
        this.forge = new GiteaForge("corp", gitea.url(), gitea.token(), Instant::now, Waiting.REAL);
    }

    @BeforeEach
    void makeRepository(TestInfo test) {
        repository =
                gitea.repository(test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT));
    }

    @AfterEach
    void close() {
        forge.close();
    }

    private int pull(String branch) {
        gitea.commit(repository, branch, branch + ".yaml", "kind: Service\nname: a\nreplicas: 3\n");
        return gitea.pull(repository, branch, "add " + branch);
    }

    private List<JsonNode> comments(int number) {
        return gitea.call("GET", "/repos/" + repository + "/issues/" + number + "/comments", "")
                .valueStream()
                .toList();
    }

    private PullRequest read(int number) throws ForgeException {
        return forge.pull(repository, number).orElseThrow();
    }

    @Test
    void aTokenThatMayNotAskWhoItIsFindsItsOwnCommentAndNobodyElses() throws ForgeException {
        int number = pull("feat");
        String robot = gitea.user("robot", repository, "write");
        String eve = gitea.user("mallory", repository, "read");
        String token = gitea.call(
                        "POST",
                        "/users/robot/tokens",
                        "{\"name\":\"t\",\"scopes\":[\"write:repository\",\"write:issue\"]}",
                        robot)
                .path("sha1")
                .asString("");
        String list = "/repos/" + repository + "/issues/" + number + "/comments";
        gitea.call("POST", list, "{\"body\":\"" + MARKER + " forged\"}", eve);
        for (int starts = 0; starts < 2; starts++) {
            try (GiteaForge least = new GiteaForge("corp", gitea.url(), token, Instant::now, Waiting.REAL)) {
                assertThat(least.said(repository, number, MARKER).isPresent()).isEqualTo(starts > 0);
                least.say(repository, number, MARKER, MARKER + " plan " + starts);
            }
        }
        assertThat(comments(number))
                .extracting(comment -> comment.path("body").asString(""))
                .containsExactly(MARKER + " forged", MARKER + " plan 1");
        long forged = comments(number).getFirst().path("id").asLong();
        assertThat(gitea.call("GET", "/repos/" + repository + "/issues/comments/" + forged + "/reactions", "")
                        .size())
                .isZero();
    }

    @Test
    void keepsOneComment() throws ForgeException {
        int number = pull("feat");
        for (int i = 0; i < 60; i++) {
            gitea.call("POST", "/repos/" + repository + "/issues/" + number + "/comments", "{\"body\":\"chat\"}");
        }
        assertThat(forge.said(repository, number, MARKER)).isEmpty();
        forge.say(repository, number, MARKER, MARKER + "\nplan 1");
        forge.say(repository, number, MARKER, MARKER + "\nplan 2  \n");
        String updated = comments(number).get(60).path("updated_at").asString("");
        forge.say(repository, number, MARKER, MARKER + "\nplan 2  \n");
        assertThat(comments(number)).hasSize(61);
        assertThat(comments(number).get(60).path("updated_at").asString("")).isEqualTo(updated);
        assertThat(forge.said(repository, number, MARKER).orElseThrow()).startsWith(MARKER + "\nplan 2");

        long id = comments(number).get(60).path("id").asLong();
        gitea.call("DELETE", "/repos/" + repository + "/issues/comments/" + id, "");
        forge.say(repository, number, MARKER, MARKER + "\nplan 3");
        assertThat(comments(number)).hasSize(61);
        assertThat(forge.said(repository, number, MARKER)).hasValue(MARKER + "\nplan 3");
    }

    @Test
    void takesNobodyElsesCommentForOurs() throws ForgeException {
        int number = pull("feat");
        String eve = gitea.user("eve", repository, "write");
        String forged = "{\"body\":\"" + MARKER + " all is well\"}";
        gitea.call("POST", "/repos/" + repository + "/issues/" + number + "/comments", forged, eve);
        assertThat(forge.said(repository, number, MARKER)).isEmpty();
        forge.say(repository, number, MARKER, MARKER + " the plan");
        assertThat(comments(number)).hasSize(2);
        assertThat(comments(number).getFirst().path("body").asString("")).endsWith("all is well");
    }

    @Test
    void setsStatuses() throws ForgeException {
        int number = pull("feat");
        String head = read(number).head();
        var pending = new CommitStatus("mergeway/plan", CommitStatus.State.PENDING, "planning", "");
        forge.status(repository, head, pending);
        forge.status(repository, head, pending);
        forge.status(
                repository,
                head,
                new CommitStatus("mergeway/plan", CommitStatus.State.SUCCESS, "x".repeat(999), "http://127.0.0.1/p"));
        JsonNode combined = gitea.call("GET", "/repos/" + repository + "/commits/" + head + "/status", "");
        assertThat(combined.path("state").asString("")).isEqualTo("success");
        assertThat(combined.path("statuses").get(0).path("context").asString(""))
                .isEqualTo("mergeway/plan");
        assertThat(combined.path("statuses").get(0).path("target_url").asString(""))
                .isEqualTo("http://127.0.0.1/p");
    }

    @Test
    void readsTheMembersOfATeam() throws ForgeException {
        gitea.user("nora", repository, "read");
        gitea.call("POST", "/orgs", "{\"username\":\"guild\"}");
        String team = "{\"name\":\"Reviewers\",\"permission\":\"read\",\"units\":[\"repo.code\"]}";
        long id = gitea.call("POST", "/orgs/guild/teams", team).path("id").asLong();
        gitea.call("POST", "/orgs/guild/teams", team.replace("Reviewers", "Reviewers2"));
        gitea.call("PUT", "/teams/" + id + "/members/nora", "");
        assertThat(forge.members(repository, "guild/reviewers")).hasValue(Set.of("nora"));
        assertThat(forge.members(repository, "guild/nobody")).isEmpty();
        assertThat(forge.members(repository, "nobody/reviewers")).isEmpty();
        assertThat(forge.members(repository, "nora")).isEmpty();
        assertThat(forge.address(repository, "nora")).hasValue("nora@example.test");
        assertThat(forge.address(repository, "nobody")).isEmpty();
    }

    @Test
    void readsPullRequests() throws ForgeException {
        int first = pull("feat/a");
        int second = pull("feat-b");
        gitea.call("PATCH", "/repos/" + repository + "/pulls/" + second, "{\"title\":\"WIP: later\"}");
        assertThat(forge.open(repository, "main"))
                .extracting(PullRequest::number)
                .containsExactly(first, second);
        assertThat(forge.open(repository, "other")).isEmpty();
        PullRequest open = read(first);
        assertThat(open.title()).isEqualTo("add feat/a");
        assertThat(open.author()).isEqualTo(gitea.admin());
        assertThat(open.branch()).isEqualTo("feat/a");
        assertThat(open.base()).isEqualTo("main");
        assertThat(open.state()).isEqualTo(PullRequest.State.OPEN);
        assertThat(open.url()).isEqualTo(gitea.url() + "/" + repository + "/pulls/" + first);
        assertThat(open.fork()).isFalse();
        assertThat(open.draft()).isFalse();
        assertThat(read(second).draft()).isTrue();
        assertThat(forge.pullsOf(repository, open.head()))
                .extracting(PullRequest::number)
                .containsExactly(first);

        gitea.call(
                "POST",
                "/repos/" + repository + "/pulls/" + first + "/merge",
                "{\"Do\":\"squash\",\"delete_branch_after_merge\":true}");
        gitea.call("PATCH", "/repos/" + repository + "/pulls/" + second, "{\"state\":\"closed\"}");
        PullRequest merged = read(first);
        assertThat(merged.state()).isEqualTo(PullRequest.State.MERGED);
        assertThat(merged.mergeCommit()).isPresent();
        assertThat(forge.origin(repository, first)).get().satisfies(origin -> {
            assertThat(origin.merged()).isTrue();
            assertThat(origin.merger()).isEqualTo(gitea.admin());
        });
        assertThat(forge.origin(repository, second).orElseThrow().merged()).isFalse();
        assertThat(read(second).state()).isEqualTo(PullRequest.State.CLOSED);
        assertThat(read(second).mergeCommit()).isEmpty();
        assertThat(forge.open(repository, "main")).isEmpty();
        assertThat(forge.pullsOf(repository, merged.mergeCommit().orElseThrow()))
                .extracting(PullRequest::number)
                .containsExactly(first);
        assertThat(forge.pull(repository, 999)).isEmpty();
    }

    @Test
    void readsReviewsInForce() throws ForgeException {
        int number = pull("feat");
        String reviews = "/repos/" + repository + "/pulls/" + number + "/reviews";
        String rose = gitea.user("rose", repository, "write");
        String max = gitea.user("max", repository, "write");
        String head = read(number).head();
        String reader = gitea.user("rita", repository, "read");
        gitea.call("POST", reviews, "{\"event\":\"APPROVED\"}", reader);
        long roses = gitea.call("POST", reviews, "{\"event\":\"APPROVED\"}", rose)
                .path("id")
                .asLong();
        long maxes = gitea.call("POST", reviews, "{\"event\":\"APPROVED\"}", max)
                .path("id")
                .asLong();
        assertThat(forge.approvals(repository, number, head))
                .containsExactly(new Approval("rose", head, "" + roses), new Approval("max", head, "" + maxes));
        gitea.call("POST", reviews, "{\"event\":\"COMMENT\",\"body\":\"hm\"}", rose);
        gitea.call("POST", reviews + "/" + maxes + "/dismissals", "{\"message\":\"no\"}");
        assertThat(forge.approvals(repository, number, head)).containsExactly(new Approval("rose", head, "" + roses));
        gitea.call("POST", reviews, "{\"event\":\"REQUEST_CHANGES\",\"body\":\"no\"}", rose);
        assertThat(forge.approvals(repository, number, head)).isEmpty();
        gitea.call("POST", reviews, "{\"event\":\"APPROVED\"}", max);
        String moved = gitea.commit(repository, "feat", "more.yaml", "a: 1\n");
        assertThat(forge.approvals(repository, number, moved)).isEmpty();
    }

    /** Gitea says of reviews how many there are, and not where the next page is. */
    @Test
    void readsAllReviews() throws ForgeException {
        int number = pull("feat");
        String reviews = "/repos/" + repository + "/pulls/" + number + "/reviews";
        String nick = gitea.user("nick", repository, "write");
        for (int i = 0; i < 55; i++) {
            gitea.call("POST", reviews, "{\"event\":\"COMMENT\",\"body\":\"hm\"}", nick);
        }
        gitea.call("POST", reviews, "{\"event\":\"APPROVED\"}", nick);
        assertThat(forge.approvals(repository, number, read(number).head()))
                .extracting(Approval::user)
                .containsExactly("nick");
    }

    @Test
    void readsPermissions() throws ForgeException {
        gitea.user("reader", repository, "read");
        gitea.user("writer", repository, "write");
        gitea.user("boss", repository, "admin");
        assertThat(forge.permission(repository, "reader")).isEqualTo(Permission.READ);
        assertThat(forge.permission(repository, "writer")).isEqualTo(Permission.WRITE);
        assertThat(forge.permission(repository, "boss")).isEqualTo(Permission.ADMIN);
        assertThat(forge.permission(repository, gitea.admin())).isEqualTo(Permission.ADMIN);
        assertThat(forge.permission(repository, "nobody-here")).isEqualTo(Permission.NONE);
        assertThat(forge.permission(repository, "a/../b")).isEqualTo(Permission.NONE);
    }

    @Test
    void reacts() throws ForgeException {
        int number = pull("feat");
        long id = gitea.call(
                        "POST",
                        "/repos/" + repository + "/issues/" + number + "/comments",
                        "{\"body\":\"/mergeway plan\"}")
                .path("id")
                .asLong();
        assertThat(forge.answered(repository, number, id)).isFalse();
        for (Reaction reaction : Reaction.values()) {
            forge.react(repository, number, id, reaction);
            forge.react(repository, number, id, reaction);
        }
        assertThat(gitea.call("GET", "/repos/" + repository + "/issues/comments/" + id + "/reactions", ""))
                .hasSize(4);
        assertThat(forge.answered(repository, number, id)).isTrue();
    }

    private static Optional<byte[]> bytes(String text) {
        return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void proposes() throws ForgeException {
        gitea.commit(repository, "main", "old.yaml", "a: 1\n");
        gitea.commit(repository, "main", "dir/gone.yaml", "a: 1\n");
        Map<String, Optional<byte[]>> changes = new HashMap<>();
        changes.put("old.yaml", bytes("a: 2\n"));
        changes.put("new file.yaml", bytes("ü: 1\n"));
        changes.put("dir/gone.yaml", Optional.empty());
        changes.put("never/there.yaml", Optional.empty());
        int number = forge.propose(repository, "main", "mergeway/expire-x", "Expire x", "It expired.", changes);
        String head = read(number).head();
        JsonNode files = gitea.call("GET", "/repos/" + repository + "/pulls/" + number + "/files?limit=50", "");
        assertThat(files.valueStream().map(file -> file.path("filename").asString("")))
                .containsExactlyInAnyOrder("old.yaml", "new file.yaml", "dir/gone.yaml");

        assertThat(forge.propose(repository, "main", "mergeway/expire-x", "Expire x", "It expired.", changes))
                .isEqualTo(number);
        assertThat(read(number).head())
                .as("nothing changed, so nothing is pushed")
                .isEqualTo(head);

        changes.put("old.yaml", bytes("a: 3\n"));
        assertThat(forge.propose(repository, "main", "mergeway/expire-x", "Expire x and y", "Both.", changes))
                .isEqualTo(number);
        assertThat(read(number).head()).isNotEqualTo(head);
        assertThat(read(number).title()).isEqualTo("Expire x and y");
        assertThat(gitea.call("GET", "/repos/" + repository + "/pulls/" + number + "/commits", ""))
                .hasSize(1);
        assertThatThrownBy(() -> forge.propose(
                        repository, "main", "mergeway/nothing", "t", "b", Map.of("old.yaml", bytes("a: 1\n"))))
                .isInstanceOf(ForgeException.class)
                .hasMessageContaining("Nothing to propose");
    }

    @Test
    void showsFindingsAtTheirLines() throws ForgeException {
        int number = pull("feat");
        PullRequest pull = read(number);
        var inside = new Finding(
                Severity.ERROR,
                "feat.yaml",
                new Position(2, 1),
                "/name",
                "schema/x",
                "``` @admin0 <b>no</b>",
                "try 'b'");
        var outside = new Finding(Severity.ERROR, "README.md", new Position(1, 1), "", "schema/y", "no", "");
        List<Remark> both = List.of(new Remark(inside, "name: b"), new Remark(outside, ""));
        forge.annotate(repository, pull, both);
        String reviews = "/repos/" + repository + "/pulls/" + number + "/reviews";
        long first = gitea.call("GET", reviews, "").get(0).path("id").asLong();
        JsonNode remarks = gitea.call("GET", reviews + "/" + first + "/comments", "");
        assertThat(remarks).hasSize(1);
        assertThat(remarks.get(0).path("path").asString("")).isEqualTo("feat.yaml");
        assertThat(remarks.get(0).path("position").asInt(0)).isEqualTo(2);
        assertThat(remarks.get(0).path("body").asString(""))
                .isEqualTo(
                        "**error** `schema/x`\n\n````text\n``` @admin0 <b>no</b>\ntry 'b'\n````\n\n```yaml\nname: b\n```");

        forge.annotate(repository, pull, both);
        assertThat(gitea.call("GET", reviews, "")).hasSize(1);
        assertThat(gitea.call("GET", reviews, "").get(0).path("id").asLong()).isEqualTo(first);
        assertThat(forge.approvals(repository, number, pull.head())).isEmpty();
        forge.annotate(repository, pull, List.of());
        assertThat(gitea.call("GET", reviews, "")).isEmpty();
    }

    @Test
    void saysWhyItFailed() {
        var stranger = new GiteaForge("corp", gitea.url(), "0".repeat(40), Instant::now, Waiting.REAL);
        assertThatThrownBy(() -> stranger.open(repository, "main"))
                .isInstanceOf(ForgeException.class)
                .hasMessageContaining("401")
                .hasMessageContaining("token is wrong or expired")
                .hasMessageNotContaining("00000")
                .matches(failure -> !((ForgeException) failure).passing());
        assertThatThrownBy(() -> forge.say(repository, 999, MARKER, "x"))
                .isInstanceOf(ForgeException.class)
                .hasMessageContaining(repository + "#999");
    }
}
