package dev.mergeway.reconciler.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.forge.gitea.GiteaServer;
import dev.mergeway.reconciler.report.PlanComment;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * A repository on a real Gitea with its people, and a service that follows it: {@code rosa} writes, {@code guest} may
 * only read, {@code mergeway} is the service.
 */
final class GiteaHouse implements AutoCloseable {
    static final String SECRET = "hook-secret";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final GiteaServer gitea;
    private final String repository;
    private final String bot;
    private final String rosa;
    private final String guest;
    private final Mergeway mergeway;
    private final Checkout checkout;

    /**
     * Makes everything and starts the service.
     *
     * @param targets the configuration's targets, in YAML
     */
    GiteaHouse(GiteaServer gitea, Path folder, String targets) {
        this.gitea = gitea;
        int number = NUMBER.incrementAndGet();
        this.repository = gitea.repository("shop-" + number);
        this.bot = "mergeway-" + number;
        String login = gitea.user(bot, repository, "admin");
        this.rosa = gitea.user("rosa-" + number, repository, "write");
        this.guest = gitea.user("guest-" + number, repository, "read");
        String token = gitea.call(
                        "POST",
                        "/users/" + bot + "/tokens",
                        "{\"name\":\"service\",\"scopes\":[\"write:repository\",\"write:issue\",\"read:user\"]}",
                        login)
                .path("sha1")
                .asString();
        String sections = """
                forges:
                  - { name: corp, type: gitea, url: "%s", token: { env: GITEA_TOKEN }, webhookSecret: { env: HOOK_SECRET } }
                repositories:
                  - { name: shop, forge: corp, path: %s, branch: main, role: team, team: shop, environments: ["shop-*"] }
                targets:
                %s
                """.formatted(gitea.url(), repository, targets.indent(2));
        this.mergeway = new Mergeway(folder, sections, Map.of("GITEA_TOKEN", token, "HOOK_SECRET", SECRET));
        gitea.hook(repository, mergeway.url().resolve("/webhooks/corp"), SECRET);
        String url = gitea.url().toString().replace("://", "://" + gitea.admin() + ":" + gitea.token() + "@");
        this.checkout = Checkout.of(url + "/" + repository + ".git", folder.resolve("checkout"));
        mergeway.start();
    }

    Mergeway mergeway() {
        return mergeway;
    }

    Checkout checkout() {
        return checkout;
    }

    String repository() {
        return repository;
    }

    URI hook() {
        return mergeway.url().resolve("/webhooks/corp");
    }

    /** The repository's API, as rosa. */
    JsonNode rosa(String method, String path, String json) {
        return gitea.call(method, "/repos/" + repository + path, json, rosa);
    }

    /** The repository's API, as the administrator. */
    JsonNode admin(String method, String path, String json) {
        return gitea.call(method, "/repos/" + repository + path, json);
    }

    /** The administrator's login. */
    String admin() {
        return gitea.admin();
    }

    /** Takes the webhook away. */
    void unhook() {
        admin("GET", "/hooks", "")
                .forEach(hook -> admin("DELETE", "/hooks/" + hook.path("id").asLong(), ""));
    }

    /** Opens a pull request onto main as rosa; gives its number. */
    int open(String branch) {
        return rosa("POST", "/pulls", "{\"base\":\"main\",\"head\":\"%1$s\",\"title\":\"%1$s\"}".formatted(branch))
                .path("number")
                .asInt();
    }

    /** The guest commits a file to the branch {@code feature} of a fork, made where there is none; gives the commit. */
    String forkPush(String content, String path, String message) {
        String fork = guestLogin() + repository.substring(repository.indexOf('/'));
        boolean fresh =
                gitea.call("GET", "/users/" + guestLogin() + "/repos", "").isEmpty();
        if (fresh) {
            gitea.call("POST", "/repos/" + repository + "/forks", "{}", guest);
        }
        String target = fresh ? "\"branch\":\"main\",\"new_branch\":\"feature\"" : "\"branch\":\"feature\"";
        String encoded = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
        String body = "{%s,\"message\":\"%s\",\"content\":\"%s\"}".formatted(target, message, encoded);
        return gitea.call("POST", "/repos/" + fork + "/contents/" + path, body, guest)
                .path("commit")
                .path("sha")
                .asString();
    }

    /** Opens a pull request of the fork's branch onto main as the guest; gives its number. */
    int openFork() {
        String body = "{\"base\":\"main\",\"head\":\"%s:feature\",\"title\":\"From afar\"}".formatted(guestLogin());
        return gitea.call("POST", "/repos/" + repository + "/pulls", body, guest)
                .path("number")
                .asInt();
    }

    private String guestLogin() {
        return bot.replace("mergeway", "guest");
    }

    /** Merges with a merge commit, as the administrator; gives the merge commit. */
    String merge(int number) {
        // Gitea says 405 for as long as it does not know whether the branch can be merged.
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            admin("POST", "/pulls/" + number + "/merge", "{\"Do\":\"merge\"}");
            return true;
        });
        return admin("GET", "/pulls/" + number, "").path("merge_commit_sha").asString();
    }

    /** Says something on a pull request as rosa; gives the comment's id. */
    long say(int number, String text) {
        return say(number, text, rosa);
    }

    /** Says something on a pull request as somebody who may not write; gives the comment's id. */
    long guestSays(int number, String text) {
        return say(number, text, guest);
    }

    private long say(int number, String text, String who) {
        return gitea.call(
                        "POST",
                        "/repos/" + repository + "/issues/" + number + "/comments",
                        "{\"body\":\"" + text + "\"}",
                        who)
                .path("id")
                .asLong();
    }

    /** What the service said on a pull request. */
    List<JsonNode> said(int number) {
        return admin("GET", "/issues/" + number + "/comments", "")
                .valueStream()
                .filter(comment ->
                        comment.path("user").path("login").asString("").equals(bot))
                .toList();
    }

    /** The service's one comment with a plan or a receipt, once it reads as wanted. */
    JsonNode comment(int number, Predicate<String> wanted) {
        return await().atMost(PATIENCE)
                .until(
                        () -> said(number).stream()
                                .filter(comment -> text(comment).contains(PlanComment.MARKER))
                                .toList(),
                        found -> found.size() == 1 && wanted.test(text(found.getFirst())))
                .getFirst();
    }

    /** How a status of a commit stands: its state and description, or "" for none. */
    String status(String commit, String context) {
        return admin("GET", "/commits/" + commit + "/statuses?limit=50", "")
                .valueStream()
                .filter(status -> status.path("context").asString().equals(context))
                // Those of one second come in any order.
                .max(Comparator.comparingLong(status -> status.path("id").asLong()))
                .map(status -> status.path("status").asString() + ": "
                        + status.path("description").asString())
                .orElse("");
    }

    /** Waits for a status. */
    void awaitStatus(String commit, String context, String start) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status(commit, context)).startsWith(start));
    }

    /** Waits until the service answered a comment with a reaction. */
    void awaitReaction(long comment, String reaction) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(admin("GET", "/issues/comments/" + comment + "/reactions", "")
                                .valueStream()
                                .map(each -> each.path("content").asString()))
                        .contains(reaction));
    }

    /** Long enough for a machine that does other things too. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    static String text(JsonNode comment) {
        return comment.path("body").asString("");
    }

    @Override
    public void close() {
        mergeway.close();
    }
}
