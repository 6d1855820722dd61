package dev.mergeway.webhooks.decode;

import static dev.mergeway.webhooks.decode.Cases.BASE;
import static dev.mergeway.webhooks.decode.Cases.HEAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.webhooks.event.RepoEvent;
import dev.mergeway.webhooks.event.RepoEvent.Commented;
import dev.mergeway.webhooks.event.RepoEvent.Ignored;
import dev.mergeway.webhooks.event.RepoEvent.PullChanged;
import dev.mergeway.webhooks.event.RepoEvent.PullChanged.Change;
import dev.mergeway.webhooks.event.RepoEvent.Pushed;
import dev.mergeway.webhooks.event.RepoEvent.Reviewed;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitLabDecoderTest {
    private static final Decoder DECODER = new GitLabDecoder();
    private static final String PROJECT =
            "'project':{'path_with_namespace':'acme/group/shop'},'user':{'username':'ann'}";

    private static RepoEvent event(String kind, String members) {
        return Cases.event(
                DECODER,
                Map.of("X-Gitlab-Event", "Some Hook"),
                "{'object_kind':'" + kind + "'," + members + "," + PROJECT + "}");
    }

    private static String request(String action, String more, String changes) {
        return "'object_attributes':{'action':'%s','iid':7,'last_commit':{'id':'HEAD'}%s},'changes':{%s}"
                .formatted(action, more, changes);
    }

    static Stream<Arguments> requests() {
        String draft = "'draft':{'previous':%s,'current':%s},'title':{'previous':'x','current':'y'}";
        return Stream.of(
                Arguments.of(request("open", "", ""), Change.OPENED),
                Arguments.of(request("reopen", "", ""), Change.REOPENED),
                Arguments.of(request("close", "", ""), Change.CLOSED),
                Arguments.of(request("merge", "", ""), Change.MERGED),
                Arguments.of(request("update", ",'oldrev':'BASE'", ""), Change.COMMITS),
                Arguments.of(
                        request("update", "", "'target_branch':{'previous':'main','current':'x'}"), Change.RETARGETED),
                Arguments.of(request("update", "", draft.formatted("false", "true")), Change.DRAFT),
                Arguments.of(request("update", "", draft.formatted("true", "false")), Change.READY),
                Arguments.of(request("update", "", "'description':{'previous':'a','current':'b'}"), Change.EDITED));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void tellsWhatBecameOfAMergeRequest(String members, Change change) {
        assertThat(event("merge_request", members))
                .isEqualTo(new PullChanged("acme/group/shop", 7, change, HEAD, "ann"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"approved", "unapproved", "approval", "unapproval"})
    void tellsReviews(String action) {
        assertThat(event("merge_request", request(action, "", "")))
                .isEqualTo(new Reviewed("acme/group/shop", 7, "ann"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-30 10:00:00 UTC", "2026-11-30T10:00:00Z", "2026-11-30T12:00:00.000+02:00"})
    void tellsWhenANoteCameToReadSo(String time) {
        String note = "'object_attributes':{'id':12,'note':'x','noteable_type':'MergeRequest','%s':'" + time
                + "'%s},'merge_request':{'iid':7}";
        Instant written = Instant.parse("2026-11-30T10:00:00Z");
        assertThat(event("note", note.formatted("created_at", "")))
                .isEqualTo(new Commented("acme/group/shop", 7, 12, "ann", "x", false, written));
        assertThat(event("note", note.formatted("updated_at", ",'action':'update'")))
                .isEqualTo(new Commented("acme/group/shop", 7, 12, "ann", "x", true, written));
    }

    @Test
    void tellsNotesOnMergeRequestsOnly() {
        String note = "'object_attributes':{'id':12,'note':'/mergeway plan','noteable_type':'%s','system':%s%s},"
                + "'merge_request':{'iid':7}";
        assertThat(event("note", note.formatted("MergeRequest", "false", "")))
                .isEqualTo(new Commented("acme/group/shop", 7, 12, "ann", "/mergeway plan", false));
        assertThat(event("note", note.formatted("MergeRequest", "false", ",'action':'update'")))
                .isEqualTo(new Commented("acme/group/shop", 7, 12, "ann", "/mergeway plan", true));
        assertThat(event("note", note.formatted("MergeRequest", "true", ""))).isInstanceOf(Ignored.class);
        assertThat(event("note", note.formatted("Issue", "false", ""))).isInstanceOf(Ignored.class);
    }

    @Test
    void tellsPushesAndIgnoresTheRest() {
        assertThat(event("push", "'ref':'refs/heads/main','before':'BASE','after':'HEAD'"))
                .isEqualTo(new Pushed("acme/group/shop", "main", BASE, HEAD));
        assertThat(event("tag_push", "'ref':'refs/tags/v1'")).isInstanceOf(Ignored.class);
        assertThat(event("pipeline", "'x':1")).isInstanceOf(Ignored.class);
        assertThat(event("merge_request", request("update", "", "'labels':{}"))).isInstanceOf(Ignored.class);
        assertThat(Cases.event(DECODER, Map.of("X-Gitlab-Event", "System Hook"), "{'event_name':'user_create'}"))
                .isInstanceOf(Ignored.class);
    }

    @Test
    void saysWhatIsMalformed() {
        assertThat(Cases.malformed(DECODER, Map.of(), "{}")).contains("X-Gitlab-Event");
        assertThat(Cases.malformed(DECODER, Map.of("X-Gitlab-Event", "Push Hook"), "{}"))
                .contains("event_name");
    }
}
