package dev.mergeway.webhooks.decode;

import static dev.mergeway.webhooks.decode.Cases.BASE;
import static dev.mergeway.webhooks.decode.Cases.HEAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.webhooks.event.RepoEvent;
import dev.mergeway.webhooks.event.RepoEvent.CommentDeleted;
import dev.mergeway.webhooks.event.RepoEvent.Commented;
import dev.mergeway.webhooks.event.RepoEvent.Ignored;
import dev.mergeway.webhooks.event.RepoEvent.PullChanged;
import dev.mergeway.webhooks.event.RepoEvent.PullChanged.Change;
import dev.mergeway.webhooks.event.RepoEvent.Pushed;
import dev.mergeway.webhooks.event.RepoEvent.Reviewed;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Payloads in the shape seen on 1.26 and 1.27. */
class GiteaDecoderTest {
    private static final Decoder DECODER = new GiteaDecoder();
    private static final String REPOSITORY = "'repository':{'full_name':'acme/shop'},'sender':{'login':'ann'}";

    private static RepoEvent event(String event, String type, String members) {
        Map<String, String> headers =
                Map.of("X-Gitea-Event", event, "X-Gitea-Event-Type", type, "X-GitHub-Event", event);
        return Cases.event(DECODER, headers, "{" + members + "," + REPOSITORY + "}");
    }

    private static String pull(String action, String more) {
        return "'action':'%s','number':7,'pull_request':{'number':7,'head':{'sha':'HEAD'}%s}".formatted(action, more);
    }

    static Stream<Arguments> pulls() {
        String title = ",'title':'%s','draft':%s";
        String was = ",'changes':{'title':{'from':'%s'},'added_labels':null}";
        return Stream.of(
                Arguments.of("pull_request", pull("opened", ""), Change.OPENED),
                Arguments.of("pull_request_sync", pull("synchronized", ""), Change.COMMITS),
                Arguments.of("pull_request", pull("reopened", ""), Change.REOPENED),
                Arguments.of(
                        "pull_request", pull("edited", "") + ",'changes':{'ref':{'from':'main'}}", Change.RETARGETED),
                Arguments.of("pull_request", pull("edited", "") + ",'changes':{'body':{'from':''}}", Change.EDITED),
                Arguments.of(
                        "pull_request",
                        pull("edited", title.formatted("WIP: x", "true")) + was.formatted("x"),
                        Change.DRAFT),
                Arguments.of(
                        "pull_request",
                        pull("edited", title.formatted("x", "false")) + was.formatted("[wip] x"),
                        Change.READY),
                Arguments.of(
                        "pull_request",
                        pull("edited", title.formatted("x", "false")) + was.formatted("y"),
                        Change.EDITED),
                Arguments.of("pull_request", pull("closed", ",'merged':false"), Change.CLOSED),
                Arguments.of("pull_request", pull("closed", ",'merged':true"), Change.MERGED));
    }

    @ParameterizedTest
    @MethodSource("pulls")
    void tellsWhatBecameOfAPullRequest(String type, String members, Change change) {
        assertThat(event("pull_request", type, members))
                .isEqualTo(new PullChanged("acme/shop", 7, change, HEAD, "ann"));
    }

    @Test
    void tellsTheTwoPullRequestCommentsApart() {
        String plain = "'action':'created','issue':{'number':7,'pull_request':{'merged':false}},'is_pull':true,"
                + "'comment':{'id':12,'body':'/mergeway plan','user':{'login':'ann'}}";
        assertThat(event("issue_comment", "pull_request_comment", plain))
                .isEqualTo(new Commented("acme/shop", 7, 12, "ann", "/mergeway plan", false));
        assertThat(event("issue_comment", "pull_request_comment", plain.replace("created", "edited")))
                .isEqualTo(new Commented("acme/shop", 7, 12, "ann", "/mergeway plan", true));
        assertThat(event("issue_comment", "pull_request_comment", plain.replace("created", "deleted")))
                .isEqualTo(new CommentDeleted("acme/shop", 7, "/mergeway plan"));
        String review = pull("reviewed", "") + ",'review':{'type':'pull_request_review_comment','content':'x'}";
        assertThat(event("pull_request_comment", "pull_request_review_comment", review))
                .isInstanceOf(Ignored.class);
        assertThat(event("issue_comment", "issue_comment", "'action':'created','issue':{'number':7},'is_pull':false"))
                .isInstanceOf(Ignored.class);
    }

    @Test
    void tellsReviewsAndPushes() {
        assertThat(event("pull_request_approved", "pull_request_review_approved", pull("reviewed", "")))
                .isEqualTo(new Reviewed("acme/shop", 7, "ann"));
        assertThat(event("pull_request_rejected", "pull_request_review_rejected", pull("reviewed", "")))
                .isEqualTo(new Reviewed("acme/shop", 7, "ann"));
        assertThat(event("push", "push", "'ref':'refs/heads/main','before':'BASE','after':'HEAD'"))
                .isEqualTo(new Pushed("acme/shop", "main", BASE, HEAD));
        assertThat(event("delete", "delete", "'ref':'feat/x','ref_type':'branch'"))
                .isEqualTo(new Pushed("acme/shop", "feat/x", Pushed.NONE, Pushed.NONE));
        assertThat(event("delete", "delete", "'ref':'v1','ref_type':'tag'")).isInstanceOf(Ignored.class);
        assertThat(event("create", "create", "'ref':'main','ref_type':'branch'"))
                .isInstanceOf(Ignored.class);
        assertThat(event("status", "status", "'state':'success'")).isInstanceOf(Ignored.class);
    }

    @Test
    void saysWhatIsMalformed() {
        assertThat(Cases.malformed(DECODER, Map.of("X-GitHub-Event", "push"), "{}"))
                .contains("X-Gitea-Event-Type");
        assertThat(Cases.malformed(DECODER, Map.of("X-Gitea-Event-Type", "push"), "{}"))
                .contains("repository.full_name");
    }
}
