package dev.mergeway.webhooks.decode;

import static dev.mergeway.webhooks.decode.Cases.BASE;
import static dev.mergeway.webhooks.decode.Cases.HEAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.webhooks.event.Headers;
import dev.mergeway.webhooks.event.RepoEvent;
import dev.mergeway.webhooks.event.RepoEvent.CommentDeleted;
import dev.mergeway.webhooks.event.RepoEvent.Commented;
import dev.mergeway.webhooks.event.RepoEvent.Ignored;
import dev.mergeway.webhooks.event.RepoEvent.MergeQueued;
import dev.mergeway.webhooks.event.RepoEvent.PullChanged;
import dev.mergeway.webhooks.event.RepoEvent.PullChanged.Change;
import dev.mergeway.webhooks.event.RepoEvent.Pushed;
import dev.mergeway.webhooks.event.RepoEvent.Reviewed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GitHubDecoderTest {
    private static final Decoder DECODER = new GitHubDecoder();
    private static final String REPOSITORY = "'repository':{'full_name':'acme/shop'},'sender':{'login':'ann'}";

    private static RepoEvent event(String name, String members) {
        return Cases.event(DECODER, Map.of("X-GitHub-Event", name), "{" + members + "," + REPOSITORY + "}");
    }

    private static String malformed(String name, String text) {
        return Cases.malformed(DECODER, Map.of("X-GitHub-Event", name), text);
    }

    private static String pull(String action, String more) {
        return "'action':'%s','number':7,'pull_request':{'head':{'sha':'HEAD'}%s}".formatted(action, more);
    }

    static Stream<Arguments> pulls() {
        return Stream.of(
                Arguments.of(pull("opened", ""), Change.OPENED),
                Arguments.of(pull("synchronize", ""), Change.COMMITS),
                Arguments.of(pull("reopened", ""), Change.REOPENED),
                Arguments.of(pull("edited", "") + ",'changes':{'base':{'ref':{'from':'main'}}}", Change.RETARGETED),
                Arguments.of(pull("edited", "") + ",'changes':{'title':{'from':'x'}}", Change.EDITED),
                Arguments.of(pull("converted_to_draft", ""), Change.DRAFT),
                Arguments.of(pull("ready_for_review", ""), Change.READY),
                Arguments.of(pull("closed", ",'merged':false"), Change.CLOSED),
                Arguments.of(pull("closed", ",'merged':true"), Change.MERGED));
    }

    @ParameterizedTest
    @MethodSource("pulls")
    void tellsWhatBecameOfAPullRequest(String members, Change change) {
        assertThat(event("pull_request", members)).isEqualTo(new PullChanged("acme/shop", 7, change, HEAD, "ann"));
    }

    @Test
    void tellsPushes() {
        assertThat(event("push", "'ref':'refs/heads/feat/x','before':'BASE','after':'HEAD'"))
                .isEqualTo(new Pushed("acme/shop", "feat/x", BASE, HEAD));
        assertThat(event("push", "'ref':'refs/heads/main','before':'HEAD','after':'" + "0".repeat(64) + "'"))
                .isEqualTo(new Pushed("acme/shop", "main", HEAD, Pushed.NONE));
        assertThat(event("push", "'ref':'refs/tags/v1','before':'BASE','after':'HEAD'"))
                .isInstanceOf(Ignored.class);
    }

    @Test
    void tellsWhenACommentCameToReadSo() {
        String comment = "'issue':{'number':7,'pull_request':{}},'comment':{'id':5,'body':'x','user':{'login':'bob'},"
                + "'created_at':'2026-11-30T10:00:00Z','updated_at':'2026-11-30T11:00:00Z'}";
        assertThat(event("issue_comment", "'action':'created'," + comment))
                .isEqualTo(new Commented("acme/shop", 7, 5, "ann", "x", false, Instant.parse("2026-11-30T10:00:00Z")));
        assertThat(event("issue_comment", "'action':'edited'," + comment))
                .isEqualTo(new Commented("acme/shop", 7, 5, "ann", "x", true, Instant.parse("2026-11-30T11:00:00Z")));
        assertThat(event("issue_comment", "'action':'created'," + comment.replace("2026-11-30T10", "soon")))
                .isEqualTo(new Commented("acme/shop", 7, 5, "ann", "x", false));
    }

    @Test
    void tellsCommentsOnPullRequestsOnly() {
        String comment =
                "'issue':{'number':7%s},'comment':{'id':5000000000,'body':'/mergeway\\u0000 plan','user':{'login':'bob'}}";
        String onPull = comment.formatted(",'pull_request':{'url':'u'}");
        assertThat(event("issue_comment", "'action':'created'," + onPull))
                .isEqualTo(new Commented("acme/shop", 7, 5_000_000_000L, "ann", "/mergeway\uFFFD plan", false));
        assertThat(event("issue_comment", "'action':'edited'," + onPull))
                .isEqualTo(new Commented("acme/shop", 7, 5_000_000_000L, "ann", "/mergeway\uFFFD plan", true));
        assertThat(event("issue_comment", "'action':'deleted'," + onPull))
                .isEqualTo(new CommentDeleted("acme/shop", 7, "/mergeway\uFFFD plan"));
        assertThat(event("issue_comment", "'action':'pinned'," + onPull)).isInstanceOf(Ignored.class);
        assertThat(event("issue_comment", "'action':'created'," + comment.formatted("")))
                .isInstanceOf(Ignored.class);
        assertThat(event("issue_comment", "'action':'created'," + comment.formatted(",'pull_request':null")))
                .isInstanceOf(Ignored.class);
    }

    @Test
    void keepsOnlyTheStartOfALongComment() {
        var long_ = (Commented) event(
                "issue_comment",
                "'action':'created','issue':{'number':1,'pull_request':{}},'comment':{'id':1,'body':'%s'}"
                        .formatted("x".repeat(1_000_000)));
        assertThat(long_.body()).hasSize(Payload.COMMENT);
    }

    @ParameterizedTest
    @CsvSource({
        "submitted,approved,true", "submitted,changes_requested,true", "submitted,commented,false",
        "dismissed,dismissed,true", "dismissed,commented,true", "edited,approved,false"
    })
    void tellsReviewsThatDecide(String action, String state, boolean told) {
        RepoEvent event = event(
                "pull_request_review",
                "'action':'%s','pull_request':{'number':7},'review':{'state':'%s','user':{'login':'eve'}}"
                        .formatted(action, state));
        if (told) {
            assertThat(event).isEqualTo(new Reviewed("acme/shop", 7, "eve"));
        } else {
            assertThat(event).isInstanceOf(Ignored.class);
        }
    }

    @Test
    void tellsMergeQueues() {
        String group = "'merge_group':{'head_sha':'HEAD','base_ref':'refs/heads/main',"
                + "'head_ref':'refs/heads/gh-readonly-queue/main/pr-104-BASE'}";
        assertThat(event("merge_group", "'action':'checks_requested'," + group))
                .isEqualTo(new MergeQueued("acme/shop", HEAD, "main", List.of(104)));
        assertThat(event("merge_group", "'action':'destroyed'," + group)).isInstanceOf(Ignored.class);
    }

    @Test
    void ignoresWhatNeedsNothing() {
        assertThat(Cases.event(DECODER, Map.of("X-GitHub-Event", "ping"), "{'zen':'x'}"))
                .isEqualTo(new Ignored("", "an event that needs nothing"));
        assertThat(event("pull_request", pull("labeled", ""))).isInstanceOf(Ignored.class);
        assertThat(event("never_heard_of", "'action':3")).isInstanceOf(Ignored.class);
    }

    @Test
    void readsAForm() {
        String json = new String(
                Cases.json("{'ref':'refs/heads/main','before':'BASE','after':'HEAD'," + REPOSITORY + "}"),
                StandardCharsets.UTF_8);
        byte[] form = ("payload=" + URLEncoder.encode(json, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        assertThat(DECODER.decode(Headers.of(Map.of("X-GitHub-Event", "push")), form))
                .isEqualTo(new Decoded.Event(new Pushed("acme/shop", "main", BASE, HEAD)));
        assertThat(malformed("push", "payload=%zz")).contains("URL");
    }

    @Test
    void saysWhatIsMalformed() {
        assertThat(malformed("push", "")).contains("not a JSON object");
        assertThat(malformed("push", "[]")).contains("not a JSON object");
        assertThat(malformed("push", "{} {}")).contains("follows");
        assertThat(malformed("push", "{'ref'")).contains("not JSON");
        assertThat(malformed("push", "{" + REPOSITORY + "}")).contains("'ref' is missing");
        assertThat(malformed("push", "{'ref':{}," + REPOSITORY + "}")).contains("'ref' is missing");
        assertThat(malformed("push", "{'ref':'refs/heads/x','before':'HEAD','after':'../..'," + REPOSITORY + "}"))
                .contains("'after' is not a commit id");
        assertThat(malformed("push", "{'ref':'refs/heads/a\\nb'," + REPOSITORY + "}"))
                .contains("one line");
        assertThat(malformed("pull_request", "{'action':'opened','number':-1," + REPOSITORY + "}"))
                .contains("'number' is not a positive number");
        assertThat(malformed("pull_request", "{'action':'opened','number':99999999999," + REPOSITORY + "}"))
                .contains("too great");
        assertThat(malformed("push", "{'x':" + "[".repeat(100_000))).contains("deeper");
        assertThat(Cases.malformed(DECODER, Map.of(), "{}")).contains("X-GitHub-Event");
        assertThat(Cases.malformed(DECODER, Map.of("X-GitHub-Event", "push", "X-Gitea-Event", "push"), "{}"))
                .contains("Gitea");
    }
}
