package dev.mergeway.reconciler.system;

import static dev.mergeway.reconciler.system.GiteaHouse.PATIENCE;
import static dev.mergeway.reconciler.system.GiteaHouse.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.forge.gitea.GiteaServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole story on a real Gitea with real webhooks, driven by its API and git alone; a directory is the target. */
@ExtendWith(GiteaServer.Extension.class)
class GiteaStoryIT {
    @TempDir
    private Path folder;

    private final GiteaServer gitea;
    private GiteaHouse house;

    GiteaStoryIT(GiteaServer gitea) {
        this.gitea = gitea;
    }

    @BeforeEach
    void start() {
        house = new GiteaHouse(gitea, folder, "- { name: local, type: directory, path: ./live }");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    /** A branch with an environment and a deployment, pushed; gives its head. */
    private String push(String branch, String name) {
        return house.checkout()
                .branch(branch)
                .write(name + "/environment.yaml", Specs.environment("shop-" + name, "local"))
                .write(name + "/web.yaml", Specs.web("web", "1.0.0"))
                .push("Add " + name);
    }

    private Path live(String name) {
        return folder.resolve("live/shop-" + name);
    }

    private static boolean holdsFiles(Path live) {
        if (!Files.isDirectory(live)) {
            return false;
        }
        try (var files = Files.walk(live)) {
            return files.anyMatch(Files::isRegularFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often the pull request at this head was planned. */
    private long reviews(String head) {
        return house.mergeway()
                .api("/runs")
                .path("items")
                .valueStream()
                .filter(run -> run.path("kind").asString().equals("review"))
                .filter(run -> run.path("revision").asString().equals(head))
                .count();
    }

    @Test
    void aPullRequestIsPlannedMergedAppliedAndTakenBack() {
        Checkout checkout = house.checkout();
        String wrong = checkout.branch("add-web")
                .write("dev/environment.yaml", Specs.environment("shop-dev", "local"))
                .write("dev/web.yaml", Specs.web("web", "1.0.0").replace("replicas:", "replcas:"))
                .push("Add the web");
        int number = house.open("add-web");
        house.awaitStatus(wrong, "mergeway/plan", "failure: ");
        JsonNode comment = house.comment(number, body -> body.contains("replcas"));
        assertThat(text(comment)).contains("dev/web.yaml", "replicas");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(remarks(number)).anySatisfy(remark -> {
                    assertThat(remark.path("path").asString()).isEqualTo("dev/web.yaml");
                    assertThat(remark.path("position").asInt()).isEqualTo(5);
                    assertThat(remark.path("body").asString()).contains("replcas");
                }));

        String right = checkout.edit("dev/web.yaml", "replcas:", "replicas:").amend();
        house.awaitStatus(right, "mergeway/plan", "success: ");
        JsonNode ready = house.comment(number, body -> body.contains("created") || body.contains("reate"));
        assertThat(ready.path("id").asLong()).isEqualTo(comment.path("id").asLong());
        assertThat(text(ready)).doesNotContain("replcas").contains("web", "mermaid");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(remarks(number)).isEmpty());
        assertThat(live("dev")).doesNotExist();
        assertThat(reviews(right))
                .as("push and pull_request_sync tell of one push")
                .isEqualTo(1);

        house.admin("POST", "/pulls/" + number + "/reviews", "{\"event\":\"APPROVED\",\"body\":\"fine\"}");
        String merge = house.merge(number);
        house.awaitStatus(merge, "mergeway/apply", "success: ");
        JsonNode receipt = house.comment(number, body -> body.contains("### Applied\n"));
        assertThat(receipt.path("id").asLong()).isEqualTo(comment.path("id").asLong());
        assertThat(house.said(number)).hasSize(1);
        assertThat(live("dev")).isDirectoryRecursivelyContaining("regex:.*web.*");

        String back = checkout.revert(merge, "take-back");
        int revert = house.open("take-back");
        house.awaitStatus(back, "mergeway/plan", "success: ");
        JsonNode plan = house.comment(revert, body -> body.contains("takes back"));
        assertThat(text(plan)).contains("#" + number);
        String undone = house.merge(revert);
        house.awaitStatus(undone, "mergeway/apply", "success: ");
        await().atMost(PATIENCE).until(() -> !holdsFiles(live("dev")));
        assertThat(house.said(revert)).hasSize(1);
        assertThat(house.said(number)).hasSize(1);
    }

    @Test
    void commandsInCommentsAreAnswered() {
        String head = push("add-a", "a");
        int number = house.open("add-a");
        house.awaitStatus(head, "mergeway/plan", "success: ");
        house.awaitReaction(house.guestSays(number, "/mergeway plan"), "-1");
        house.awaitReaction(house.say(number, "/mergeway plan"), "rocket");
        house.awaitReaction(house.say(number, "/mergeway rollback"), "confused");
        assertThat(house.said(number)).hasSize(1);
        house.awaitReaction(house.say(number, "/mergeway help"), "rocket");
        house.awaitReaction(house.say(number, "/mergeway dance"), "confused");
        assertThat(house.said(number))
                .hasSize(2)
                .last()
                .satisfies(help -> assertThat(text(help)).contains("/mergeway rollback"));

        house.awaitStatus(house.merge(number), "mergeway/apply", "success: ");
        house.awaitReaction(house.say(number, "/mergeway retry"), "rocket");
        house.awaitReaction(house.say(number, "/mergeway rollback"), "rocket");
        JsonNode back = house.admin("GET", "/pulls?state=open", "").get(0);
        assertThat(back.path("title").asString()).isEqualTo("Revert \"add-a\"");
        int revert = back.path("number").asInt();
        house.comment(revert, body -> body.contains("takes back") && body.contains("#" + number));
        house.awaitStatus(house.merge(revert), "mergeway/apply", "success: ");
        assertThat(holdsFiles(live("a"))).isFalse();
        house.comment(number, body -> body.contains("### Applied\n"));
    }

    @Test
    void whatBecomesOfAPullRequestIsFollowed() {
        house.checkout().branch("release").pushed();
        String head = push("add-b", "b");
        int number = house.open("add-b");
        house.awaitStatus(head, "mergeway/plan", "success: ");
        long first = house.comment(number, body -> true).path("id").asLong();
        house.admin("DELETE", "/issues/comments/" + first, "");
        house.comment(number, body -> body.contains("mermaid"));

        house.rosa("PATCH", "/pulls/" + number, "{\"base\":\"release\"}");
        awaitPull(number, "closed");
        house.rosa("PATCH", "/pulls/" + number, "{\"base\":\"main\"}");
        awaitPull(number, "open");
        house.rosa("PATCH", "/pulls/" + number, "{\"title\":\"WIP: add b\"}");
        String more = house.checkout().edit("b/web.yaml", "1.0.0", "1.0.1").push("Newer");
        house.awaitStatus(more, "mergeway/plan", "success: ");
        house.rosa("PATCH", "/pulls/" + number, "{\"title\":\"add b\",\"state\":\"closed\"}");
        awaitPull(number, "closed");
        house.rosa("PATCH", "/pulls/" + number, "{\"state\":\"open\"}");
        awaitPull(number, "open");

        // Main moves under it, into its way.
        house.checkout()
                .branch("main")
                .write("b/web.yaml", Specs.web("web", "2.0.0"))
                .push("In the way");
        house.awaitStatus(more, "mergeway/plan", "failure: Conflicts with main in b/web.yaml");
        house.comment(number, body -> body.contains("b/web.yaml"));
        assertThat(house.said(number)).hasSize(1);
    }

    @Test
    void aForkIsPlannedOnlyWhenSomebodyWhoMayWriteAsks() {
        String head = house.forkPush(Specs.environment("shop-fork", "local"), "fork/environment.yaml", "Add a fork");
        int number = house.openFork();
        house.awaitStatus(head, "mergeway/plan", "failure: From a fork");
        JsonNode note = house.comment(number, body -> body.contains("/mergeway plan"));
        house.awaitReaction(house.guestSays(number, "/mergeway plan"), "-1");
        assertThat(house.status(head, "mergeway/plan")).startsWith("failure: From a fork");
        house.awaitReaction(house.say(number, "/mergeway plan"), "rocket");
        house.awaitStatus(head, "mergeway/plan", "success: ");
        JsonNode plan = house.comment(number, body -> !body.contains("from a fork"));
        assertThat(plan.path("id").asLong()).isEqualTo(note.path("id").asLong());

        // What is pushed afterwards nobody has looked at.
        String more = house.forkPush(Specs.web("web", "1.0.0"), "fork/web.yaml", "And more");
        house.awaitStatus(more, "mergeway/plan", "failure: From a fork");
    }

    private void awaitPull(int number, String state) {
        await().atMost(PATIENCE)
                .until(() -> house.mergeway()
                        .api("/pulls/shop/" + number)
                        .path("state")
                        .asString("closed")
                        .equals(state));
    }

    @Test
    void whatHappenedWhileItWasStoppedIsCaughtUpWithoutAnyWebhook() {
        String merged = push("add-c", "c");
        int toMerge = house.open("add-c");
        house.awaitStatus(merged, "mergeway/plan", "success: ");
        String updated = push("add-d", "d");
        int toUpdate = house.open("add-d");
        house.awaitStatus(updated, "mergeway/plan", "success: ");
        long receipt = house.comment(toMerge, body -> true).path("id").asLong();
        house.mergeway().stop();
        house.unhook();

        String merge = house.merge(toMerge);
        String newer = house.checkout().edit("d/web.yaml", "1.0.0", "1.0.1").amend();
        push("add-e", "e");
        int opened = house.open("add-e");
        house.mergeway().start();
        house.awaitStatus(merge, "mergeway/apply", "success: ");
        house.awaitStatus(newer, "mergeway/plan", "success: ");
        house.comment(opened, body -> body.contains("mermaid"));
        assertThat(house.comment(toMerge, body -> body.contains("### Applied\n"))
                        .path("id")
                        .asLong())
                .isEqualTo(receipt);
        house.comment(toUpdate, body -> body.contains(newer.substring(0, 7)));
        assertThat(live("c")).isDirectoryRecursivelyContaining("regex:.*web.*");
    }

    @Test
    void theReceiptLandsInTheFirstCommentThoughTheDatabaseIsLost() {
        String head = push("add-f", "f");
        int number = house.open("add-f");
        house.awaitStatus(head, "mergeway/plan", "success: ");
        long comment = house.comment(number, body -> true).path("id").asLong();
        house.mergeway().stop().forget();
        String merge = house.merge(number);
        house.mergeway().start();
        house.awaitStatus(merge, "mergeway/apply", "success: ");
        JsonNode receipt = house.comment(number, body -> body.contains("### Applied\n") && body.contains("6 created"));
        assertThat(receipt.path("id").asLong()).isEqualTo(comment);

        // Lost again, a release that has its receipt keeps it, and the next one finds its own comment too.
        String change = house.checkout()
                .branch("change-f")
                .edit("f/web.yaml", "1.0.0", "1.0.1")
                .push("Newer");
        int next = house.open("change-f");
        house.awaitStatus(change, "mergeway/plan", "success: ");
        house.mergeway().stop().forget();
        String second = house.merge(next);
        house.mergeway().start();
        house.awaitStatus(second, "mergeway/apply", "success: ");
        house.comment(next, body -> body.contains("1 updated"));
        house.comment(number, body -> body.contains("6 created"));
        assertThat(house.said(next)).hasSize(1);
        assertThat(house.said(number)).hasSize(1);
    }

    @Test
    void deliveriesThatAreWrongAreRefusedAndRepeatedOnesDoNothingTwice() {
        String head = push("add-g", "g");
        int number = house.open("add-g");
        house.awaitStatus(head, "mergeway/plan", "success: ");
        byte[] comment = """
                {"action":"created","is_pull":true,"repository":{"full_name":"%s"},"issue":{"number":%d,"pull_request":{}},
                 "comment":{"id":%d,"body":"/mergeway plan","user":{"login":"%s"}},"sender":{"login":"%s"}}
                """.formatted(
                        house.repository(), number, house.say(number, "hello"), house.admin(), house.admin())
                .getBytes(UTF_8);
        int runs = settled(number);
        assertThat(deliver(comment, "issue_comment", "same", GiteaHouse.SECRET)).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> runs(number) > runs);
        for (int time = 1; time < 100; time++) {
            assertThat(deliver(comment, "issue_comment", "same", GiteaHouse.SECRET))
                    .isEqualTo(202);
        }
        assertThat(deliver(comment, "issue_comment", "other", "wrong")).isEqualTo(401);
        assertThat(deliver("{}".getBytes(UTF_8), "sausage", "unknown", GiteaHouse.SECRET))
                .isBetween(200, 299);
        assertThat(deliver("{".getBytes(UTF_8), "push", "broken", GiteaHouse.SECRET))
                .isEqualTo(400);
        assertThat(deliver(new byte[26 * 1024 * 1024], "push", "great", GiteaHouse.SECRET))
                .isEqualTo(413);
        assertThat(settled(number)).isEqualTo(runs + 1);
    }

    @Test
    void deliveriesInTheWrongOrderChangeNothing() {
        String head = push("add-h", "h");
        int number = house.open("add-h");
        house.awaitStatus(head, "mergeway/plan", "success: ");
        String merge = house.merge(number);
        house.awaitStatus(merge, "mergeway/apply", "success: ");
        JsonNode receipt = house.comment(number, body -> body.contains("### Applied\n"));
        settled(number);
        String late = """
                {"action":"%s","number":%d,"repository":{"full_name":"%s"},"sender":{"login":"x"},
                 "pull_request":{"number":%d,"merged":false,"head":{"sha":"%s"}}}
                """;
        for (String action : List.of("closed", "synchronized", "reopened", "opened")) {
            byte[] body = late.formatted(action, number, house.repository(), number, "0".repeat(39) + "1")
                    .getBytes(UTF_8);
            assertThat(deliver(body, "pull_request", "late-" + action, GiteaHouse.SECRET))
                    .isEqualTo(202);
        }
        settled(number);
        assertThat(house.said(number)).hasSize(1);
        assertThat(text(house.said(number).getFirst())).isEqualTo(text(receipt));
        assertThat(house.status(head, "mergeway/plan")).startsWith("success: ");
        assertThat(holdsFiles(live("h"))).isTrue();
    }

    /** How many runs the pull request had, once no more follow. */
    private int settled(int number) {
        int[] seen = {-1};
        await().atMost(PATIENCE).during(Duration.ofSeconds(2)).until(() -> {
            int before = seen[0];
            seen[0] = runs(number);
            return before == seen[0];
        });
        return seen[0];
    }

    private int runs(int number) {
        return (int) house.mergeway()
                .api("/runs?limit=200")
                .path("items")
                .valueStream()
                .filter(run -> run.path("pull").asInt(0) == number)
                .count();
    }

    private int deliver(byte[] body, String event, String id, String secret) {
        return house.mergeway()
                .send(HttpRequest.newBuilder(house.hook())
                        .header("X-Gitea-Event", event)
                        .header("X-Gitea-Event-Type", event.equals("issue_comment") ? "pull_request_comment" : event)
                        .header("X-Gitea-Delivery", id)
                        .header("X-Gitea-Signature", signature(body, secret))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)))
                .statusCode();
    }

    private static String signature(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<JsonNode> remarks(int number) {
        return house.admin("GET", "/pulls/" + number + "/reviews", "")
                .valueStream()
                .filter(review -> review.path("state").asString().equals("COMMENT"))
                .flatMap(review -> house.admin(
                                "GET",
                                "/pulls/" + number + "/reviews/"
                                        + review.path("id").asLong() + "/comments",
                                "")
                        .valueStream())
                .toList();
    }
}
