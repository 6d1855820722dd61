package dev.mergeway.reconciler.system;

import static dev.mergeway.reconciler.system.GiteaHouse.PATIENCE;
import static dev.mergeway.reconciler.system.GiteaHouse.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.forge.gitea.GiteaServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private static boolean holdsFiles(Path live) throws java.io.IOException {
        if (!Files.isDirectory(live)) {
            return false;
        }
        try (var files = Files.walk(live)) {
            return files.anyMatch(Files::isRegularFile);
        }
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
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(remarks(number)).anySatisfy(remark -> {
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

    private List<JsonNode> remarks(int number) {
        return house.admin("GET", "/pulls/" + number + "/reviews", "")
                .valueStream()
                .filter(review -> review.path("state").asString().equals("COMMENT"))
                .flatMap(review -> house.admin(
                        "GET",
                        "/pulls/" + number + "/reviews/" + review.path("id").asLong() + "/comments",
                        "")
                        .valueStream())
                .toList();
    }
}
