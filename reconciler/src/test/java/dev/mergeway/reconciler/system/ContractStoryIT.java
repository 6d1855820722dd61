package dev.mergeway.reconciler.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mergeway.reconciler.contract.GitHubStandIn;
import dev.mergeway.reconciler.contract.GitLabStandIn;
import dev.mergeway.reconciler.contract.StandInForge;
import dev.mergeway.reconciler.report.PlanComment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole story through the whole service against GitHub and GitLab as they describe themselves: every request of ours
 * and every answer is judged by what each of them publishes, and none is found wrong.
 */
class ContractStoryIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private static void assumeIs(boolean ready, String otherwise) {
        assumeTrue("1".equals(System.getenv("MERGEWAY_REQUIRE_SERVERS")) || ready, otherwise);
    }

    @Test
    void theStoryIsToldOnGitHubAsItDescribesItself() {
        assumeIs(GitHubStandIn.isReady(), "no contract of GitHub: run .ci/test-data contract");
        try (GitHubStandIn forge = new GitHubStandIn(folder.resolve("github"))) {
            story(forge, "-1", checkout -> queued(forge, checkout));
            assertThat(forge.asked()).contains("POST /repos/acme/shop/git/trees", "POST /repos/acme/shop/pulls");
        }
    }

    @Test
    void theStoryIsToldOnGitLabAsItsOwnClientKnowsIt() {
        assumeIs(GitLabStandIn.isReady(), "no judge of GitLab: run .ci/servers build gitlab-contract");
        try (StandInForge forge = new GitLabStandIn(folder.resolve("gitlab"))) {
            story(forge, "thumbsdown", checkout -> {});
            assertThat(forge.asked())
                    .contains(
                            "POST /projects/acme%2Fshop/repository/commits",
                            "POST /projects/acme%2Fshop/merge_requests");
        }
    }

    private void story(StandInForge forge, String refused, Consumer<Checkout> more) {
        String sections = """
                forges:
                  - { name: corp, type: %s, url: "%s", token: { env: TOKEN }, webhookSecret: { env: HOOK_SECRET } }
                repositories:
                  - { name: shop, forge: corp, path: acme/shop, branch: main, role: team, team: shop, environments: ["shop-*"] }
                targets:
                  - { name: local, type: directory, path: ./live }
                """.formatted(forge.type(), forge.url());
        Map<String, String> secrets = Map.of("TOKEN", "secret-token", "HOOK_SECRET", forge.secret());
        try (Mergeway mergeway = new Mergeway(folder, sections, secrets)) {
            Checkout checkout = Checkout.of(forge.url() + "/acme/shop.git", folder.resolve("checkout"));
            forge.hook(mergeway.url().resolve("/webhooks/corp"));
            mergeway.start();
            int number = planned(forge, checkout);
            String merge = applied(forge, number);
            takenBack(forge, checkout, number, merge);
            commanded(forge, checkout, refused);
            more.accept(checkout);
        }
        assertThat(forge.violations()).isEmpty();
        assertThat(forge.asked())
                .as("every remark is taken back at the first try")
                .filteredOn(line -> line.startsWith("DELETE "))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    /** Though the API lags behind its webhook, a mistake is shown at its line; once it is corrected, the same comment shows the plan. */
    private static int planned(StandInForge forge, Checkout checkout) {
        String wrong = checkout.branch("add-web")
                .write("dev/environment.yaml", Specs.environment("shop-dev", "local"))
                .write("dev/web.yaml", Specs.web("web", "1.0.0").replace("replicas:", "replcas:"))
                .push("Add the web");
        forge.lag(3);
        int number = forge.open("add-web");
        awaitStatus(forge, wrong, "mergeway/plan", "fail");
        comment(forge, number, text -> text.contains("replcas"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(forge.remarks(number))
                        .singleElement()
                        .asString()
                        .startsWith("dev/web.yaml:5: ")
                        .contains("replcas", "```suggestion", "\n  replicas: 1\n```"));
        List<Long> first = forge.ids(number);
        String right = checkout.edit("dev/web.yaml", "replcas:", "replicas:").amend();
        awaitStatus(forge, right, "mergeway/plan", "success: ");
        comment(forge, number, text -> text.contains("mermaid") && !text.contains("replcas"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(forge.remarks(number)).isEmpty());
        assertThat(forge.ids(number)).isEqualTo(first);
        return number;
    }

    /** The merge is applied, and the comment becomes the receipt. */
    private String applied(StandInForge forge, int number) {
        List<Long> first = forge.ids(number);
        comment(forge, number, text -> text.contains("Waiting for code owners: \uff20acme/reviewers for "));
        forge.approve(number);
        comment(forge, number, text -> text.contains("`code-owners`") && !text.contains("Waiting for"));
        String merge = forge.merge(number);
        awaitStatus(forge, merge, "mergeway/apply", "success: ");
        comment(forge, number, text -> text.contains("### Applied\n"));
        assertThat(forge.ids(number)).isEqualTo(first);
        assertThat(holdsFiles()).isTrue();
        return merge;
    }

    private void takenBack(StandInForge forge, Checkout checkout, int number, String merge) {
        String back = checkout.revert(merge, "take-back");
        int revert = forge.open("take-back");
        awaitStatus(forge, back, "mergeway/plan", "success: ");
        comment(forge, revert, text -> text.contains("takes back") && text.contains("#" + number));
        awaitStatus(forge, forge.merge(revert), "mergeway/apply", "success: ");
        await().atMost(PATIENCE).until(() -> !holdsFiles());
    }

    /** Commands are answered by who may give them; a rollback is a pull request made through the API. */
    private static void commanded(StandInForge forge, Checkout checkout, String refused) {
        String head = checkout.branch("add-more")
                .write("more/environment.yaml", Specs.environment("shop-more", "local"))
                .write("more/web.yaml", Specs.web("web", "1.0.0"))
                .push("Add more");
        int number = forge.open("add-more");
        awaitStatus(forge, head, "mergeway/plan", "success: ");
        awaitReaction(forge, forge.say(number, "guest", "/mergeway plan"), refused);
        awaitReaction(forge, forge.say(number, "rosa", "/mergeway plan"), "rocket");
        awaitReaction(forge, forge.say(number, "rosa", "/mergeway help"), "rocket");
        awaitStatus(forge, forge.merge(number), "mergeway/apply", "success: ");
        awaitReaction(forge, forge.say(number, "maria", "/mergeway rollback"), "rocket");
        int revert = await().atMost(PATIENCE)
                .until(forge::open, open -> open.size() == 1)
                .getFirst();
        comment(forge, revert, text -> text.contains("takes back"));
        awaitStatus(forge, forge.merge(revert), "mergeway/apply", "success: ");
    }

    /** A merge queue waits for the plan of the very commit that it is about to merge. */
    private static void queued(GitHubStandIn forge, Checkout checkout) {
        String head = checkout.branch("add-queued")
                .write("queued/environment.yaml", Specs.environment("shop-queued", "local"))
                .push("Add queued");
        int number = forge.open("add-queued");
        awaitStatus(forge, head, "mergeway/plan", "success: ");
        awaitStatus(forge, forge.queue(number), "mergeway/plan", "success: ");
        String wrong = checkout.edit("queued/environment.yaml", "tier: dev", "tier: wrong")
                .push("Break it");
        awaitStatus(forge, wrong, "mergeway/plan", "failure: ");
        awaitStatus(forge, forge.queue(number), "mergeway/plan", "failure: ");
    }

    private static void awaitStatus(StandInForge forge, String commit, String context, String start) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(forge.status(commit, context)).startsWith(start));
    }

    private static void awaitReaction(StandInForge forge, long comment, String reaction) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(forge.reactions(comment)).contains(reaction));
    }

    /** The one comment with a plan or a receipt, once it reads as wanted. */
    private static void comment(StandInForge forge, int number, Predicate<String> wanted) {
        await().atMost(PATIENCE)
                .until(
                        () -> forge.said(number).stream()
                                .filter(text -> text.contains(PlanComment.MARKER))
                                .toList(),
                        found -> found.size() == 1 && wanted.test(found.getFirst()));
    }

    private boolean holdsFiles() {
        Path live = folder.resolve("live");
        if (!Files.isDirectory(live)) {
            return false;
        }
        try (var files = Files.walk(live)) {
            return files.anyMatch(Files::isRegularFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
