package dev.mergeway.webhooks.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mergeway.webhooks.event.ForgeType;
import dev.mergeway.webhooks.event.Headers;
import dev.mergeway.webhooks.event.RepoEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Replays what GitHub, GitLab and Gitea sent, as the authors of clients in Go recorded it: each payload is what its file says,
 * and everything that we read of it is in it.
 */
class RecordedDeliveriesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLDER = "recorded-deliveries-1/";

    /** File | event in its header | what it is. {@code -}: written by hand, no forge sends it. */
    private static final String GITHUB = """
            branch_create           | create                       | Ignored
            branch_delete           | delete                       | Ignored
            check_run_created       | check_run                    | Ignored
            check_suite_created     | check_suite                  | Ignored
            deployment              | deployment                   | Ignored
            deployment_status       | deployment_status            | Ignored
            fork                    | fork                         | Ignored
            installation            | installation                 | Ignored
            installation_delete     | installation                 | Ignored
            installation_repository | installation_repositories    | Ignored
            issue_comment           | issue_comment                | Ignored
            label_deleted           | label                        | Ignored
            ping                    | ping                         | Ignored
            pr_closed               | pull_request                 | CLOSED
            pr_comment              | -                            | -
            pr_converted_to_draft   | pull_request                 | DRAFT
            pr_edited               | pull_request                 | EDITED
            pr_labeled              | pull_request                 | Ignored
            pr_opened               | pull_request                 | OPENED
            pr_ready_for_review     | pull_request                 | READY
            pr_reopened             | pull_request                 | REOPENED
            pr_review_submitted     | pull_request_review          | Ignored
            pr_sync                 | pull_request                 | COMMITS
            pr_unlabeled            | pull_request                 | Ignored
            push                    | push                         | Pushed
            push_branch_create      | push                         | Pushed
            push_branch_delete      | push                         | Pushed
            push_tag                | push                         | Ignored
            push_tag_delete         | push                         | Ignored
            release                 | release                      | Ignored
            repository              | repository                   | Ignored
            status                  | status                       | Ignored
            tag_create              | create                       | Ignored
            tag_delete              | delete                       | Ignored
            """;

    private static final String GITEA = """
            branch_create                   | create                | Ignored
            branch_delete                   | delete                | Pushed
            issue_comment_created           | issue_comment         | Ignored
            issue_comment_deleted           | issue_comment         | Ignored
            issue_comment_edited            | issue_comment         | Ignored
            issues_closed                   | issues                | Ignored
            issues_opened                   | issues                | Ignored
            pull_request_closed             | pull_request          | CLOSED
            pull_request_comment_created    | issue_comment         | Commented
            pull_request_comment_created_pr | -                     | -
            pull_request_comment_deleted    | issue_comment         | CommentDeleted
            pull_request_comment_edited     | issue_comment         | Commented
            pull_request_edited             | pull_request          | EDITED
            pull_request_merged             | pull_request          | MERGED
            pull_request_opened             | pull_request          | OPENED
            pull_request_reopened           | pull_request          | REOPENED
            pull_request_synchronized       | pull_request          | COMMITS
            push                            | push                  | Pushed
            release                         | release               | Ignored
            review_approved                 | pull_request_approved | Reviewed
            tag_create                      | create                | Ignored
            tag_delete                      | delete                | Ignored
            """;

    private static final String GITLAB = """
            branch_create               | Push Hook          | Pushed
            branch_delete               | Push Hook          | Pushed
            issue_closed                | Issue Hook         | Ignored
            issue_comment_create        | Note Hook          | Ignored
            issue_create                | Issue Hook         | Ignored
            issue_edited                | Issue Hook         | Ignored
            issue_labeled               | Issue Hook         | Ignored
            issue_reopen                | Issue Hook         | Ignored
            pull_request_close          | Merge Request Hook | CLOSED
            pull_request_comment_create | Note Hook          | Commented
            pull_request_create         | Merge Request Hook | OPENED
            pull_request_edited         | Merge Request Hook | COMMITS
            pull_request_merge          | Merge Request Hook | MERGED
            pull_request_reopen         | Merge Request Hook | REOPENED
            push                        | Push Hook          | Pushed
            push2                       | System Hook        | Pushed
            push_merge                  | Push Hook          | Pushed
            release                     | Release Hook       | Ignored
            review_comment_create       | Note Hook          | Commented
            tag_create                  | Tag Push Hook      | Ignored
            tag_delete                  | Tag Push Hook      | Ignored
            """;

    private static final String GITLAB_CLIENT = """
            build                            | Job Hook                   | Ignored
            deployment                       | Deployment Hook            | Ignored
            emoji_issue                      | Emoji Hook                 | Ignored
            emoji_merge_request              | Emoji Hook                 | Ignored
            emoji_note_commit                | Emoji Hook                 | Ignored
            emoji_note_issue                 | Emoji Hook                 | Ignored
            emoji_note_merge_request         | Emoji Hook                 | Ignored
            emoji_note_snippet               | Emoji Hook                 | Ignored
            emoji_snippet                    | Emoji Hook                 | Ignored
            feature_flag                     | Feature Flag Hook          | Ignored
            group_merge_request              | -                          | -
            issue                            | Issue Hook                 | Ignored
            job                              | Job Hook                   | Ignored
            member                           | Member Hook                | Ignored
            merge_request                    | Merge Request Hook         | OPENED
            milestone_group                  | Milestone Hook             | Ignored
            milestone_project                | Milestone Hook             | Ignored
            note_commit                      | Note Hook                  | Ignored
            note_issue                       | Note Hook                  | Ignored
            note_merge_request               | Note Hook                  | Commented
            note_snippet                     | Note Hook                  | Ignored
            pipeline                         | Pipeline Hook              | Ignored
            project                          | Project Hook               | Ignored
            push                             | Push Hook                  | Pushed
            release                          | Release Hook               | Ignored
            resource_access_token_group      | Resource Access Token Hook | Ignored
            resource_access_token_project    | Resource Access Token Hook | Ignored
            service_merge_request            | Merge Request Hook         | COMMITS
            subgroup                         | Subgroup Hook              | Ignored
            tag_push                         | Tag Push Hook              | Ignored
            vulnerability                    | Vulnerability Hook         | Ignored
            wiki_page                        | Wiki Page Hook             | Ignored
            """;

    @TestFactory
    Stream<DynamicTest> ofGitHub() {
        return replay("github", GITHUB, ForgeType.GITHUB, "X-GitHub-Event", Places.GITHUB);
    }

    @TestFactory
    Stream<DynamicTest> ofGitea() {
        return replay("gitea", GITEA, ForgeType.GITEA, "X-Gitea-Event", Places.GITHUB);
    }

    @TestFactory
    Stream<DynamicTest> ofGitLab() {
        return replay("gitlab", GITLAB, ForgeType.GITLAB, "X-Gitlab-Event", Places.GITLAB);
    }

    @TestFactory
    Stream<DynamicTest> ofGitLabByItsOwnClient() {
        return replay("gitlab-client", GITLAB_CLIENT, ForgeType.GITLAB, "X-Gitlab-Event", Places.GITLAB);
    }

    private static Stream<DynamicTest> replay(
            String folder, String table, ForgeType type, String header, Places places) {
        Path files = TestData.at(FOLDER + folder);
        List<String[]> rows = table.lines()
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new))
                .toList();
        assertThat(names(files))
                .containsExactlyInAnyOrderElementsOf(
                        rows.stream().map(row -> row[0]).toList());
        return rows.stream()
                .filter(row -> !row[1].equals("-"))
                .map(row -> DynamicTest.dynamicTest(row[0], () -> {
                    byte[] body = Files.readAllBytes(files.resolve(row[0] + ".json"));
                    Decoded decoded = Decoder.of(type).decode(Headers.of(Map.of(header, row[1])), body);
                    assertThat(decoded).isInstanceOf(Decoded.Event.class);
                    RepoEvent event = ((Decoded.Event) decoded).event();
                    assertThat(label(event)).isEqualTo(row[2]);
                    isIn(event, JSON.readTree(body), places);
                }));
    }

    private static List<String> names(Path folder) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            files.forEach(file -> names.add(file.getFileName().toString().replace(".json", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    private static String label(RepoEvent event) {
        return event instanceof RepoEvent.PullChanged pull
                ? pull.change().name()
                : event.getClass().getSimpleName();
    }

    /** JSON pointers to what an event tells; GitLab numbers a merge request elsewhere than the one of a note. */
    private record Places(
            String repository, String actor, String pull, String head, String commented, String comment, String body) {
        static final Places GITHUB = new Places(
                "/repository/full_name",
                "/sender/login",
                "/pull_request/number",
                "/pull_request/head/sha",
                "/issue/number",
                "/comment/id",
                "/comment/body");
        static final Places GITLAB = new Places(
                "/project/path_with_namespace",
                "/user/username",
                "/object_attributes/iid",
                "/object_attributes/last_commit/id",
                "/merge_request/iid",
                "/object_attributes/id",
                "/object_attributes/note");
    }

    private static void isIn(RepoEvent event, JsonNode payload, Places places) {
        assertThat(event.repository()).isEqualTo(payload.at(places.repository()).asText(""));
        switch (event) {
            case RepoEvent.PullChanged pull -> {
                assertThat(pull.number()).isEqualTo(payload.at(places.pull()).asInt());
                assertThat(pull.head()).isEqualTo(payload.at(places.head()).asText());
                assertThat(pull.actor()).isEqualTo(payload.at(places.actor()).asText());
            }
            case RepoEvent.Commented comment -> {
                assertThat(comment.number())
                        .isEqualTo(payload.at(places.commented()).asInt());
                assertThat(comment.comment())
                        .isEqualTo(payload.at(places.comment()).asLong());
                assertThat(comment.body()).isEqualTo(payload.at(places.body()).asText());
                assertThat(comment.author())
                        .isEqualTo(payload.at(places.actor()).asText());
                assertThat(comment.edited())
                        .isEqualTo(payload.at("/action").asText().equals("edited"));
            }
            case RepoEvent.CommentDeleted comment -> {
                assertThat(comment.number())
                        .isEqualTo(payload.at(places.commented()).asInt());
                assertThat(comment.body()).isEqualTo(payload.at(places.body()).asText());
            }
            case RepoEvent.Reviewed review -> {
                assertThat(review.number()).isEqualTo(payload.at(places.pull()).asInt());
                assertThat(review.reviewer())
                        .isEqualTo(payload.at(places.actor()).asText());
            }
            case RepoEvent.Pushed push -> {
                assertThat(payload.at("/ref").asText()).endsWith(push.branch());
                // Gitea does not say where a deleted branch was.
                assertThat(push.before()).isEqualTo(payload.at("/before").asText(RepoEvent.Pushed.NONE));
                assertThat(push.after()).isEqualTo(payload.at("/after").asText(RepoEvent.Pushed.NONE));
            }
            case RepoEvent.MergeQueued queue -> throw new AssertionError("nobody recorded a merge queue: " + queue);
            case RepoEvent.Ignored ignored -> assertThat(ignored.reason()).isNotBlank();
        }
    }
}
