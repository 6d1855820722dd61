package dev.mergeway.reconciler.system;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A repository on the local forge and a service that follows it; the checkout stands on main. */
final class LocalHouse implements AutoCloseable {
    /** Long enough for a machine that does other things too. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder;
    private final Mergeway mergeway;
    private final Checkout checkout;

    private LocalHouse(Path folder, Mergeway mergeway, Checkout checkout) {
        this.folder = folder;
        this.mergeway = mergeway;
        this.checkout = checkout;
    }

    /**
     * Makes everything; starts nothing yet.
     *
     * @param kubeconfig of the target {@code cluster}; the target {@code local} is a directory
     */
    static LocalHouse of(Path folder, Path kubeconfig) {
        return of(folder, kubeconfig, 8);
    }

    /**
     * As above.
     *
     * @param concurrency how many runs there may be at once
     */
    static LocalHouse of(Path folder, Path kubeconfig, int concurrency) {
        String sections = """
                forges: [ { name: here, type: local, path: ./repos } ]
                repositories:
                  - { name: shop, forge: here, path: acme/shop, branch: main, role: team, team: shop, environments: ["*"] }
                targets:
                  - { name: local, type: directory, path: ./live }
                  - { name: cluster, type: kubernetes, kubeconfig: { file: "%s" } }
                """.formatted(kubeconfig);
        Mergeway mergeway = new Mergeway(folder, sections, Map.of(), concurrency);
        Path bare = folder.resolve("repos/acme/shop.git");
        Checkout.run(folder, "init", "-q", "--bare", "-b", "main", bare.toString());
        Checkout checkout = Checkout.of(bare.toString(), folder.resolve("checkout"));
        checkout.write("README.md", "The shop\n").push("Begin");
        return new LocalHouse(folder, mergeway, checkout);
    }

    LocalHouse start() {
        mergeway.start();
        return this;
    }

    Mergeway mergeway() {
        return mergeway;
    }

    Checkout checkout() {
        return checkout;
    }

    /** Where the directory target writes an environment. */
    Path live(String environment) {
        return folder.resolve("live").resolve(environment);
    }

    /** What is known of the newest pull request from a branch. */
    JsonNode pull(String branch) {
        return mergeway.api("/pulls?limit=500")
                .path("items")
                .valueStream()
                .filter(pull -> pull.path("branch").asString("").equals(branch))
                .reduce((first, second) -> second)
                .map(pull -> mergeway.api("/pulls/shop/" + pull.path("number").asInt()))
                .orElse(mergeway.api("/none"));
    }

    /** Waits until a branch that was pushed has its plan with this verdict; gives the pull request. */
    JsonNode planned(String branch, String head, String verdict) {
        return await("the plan of " + branch + " is " + verdict)
                .atMost(PATIENCE)
                .until(
                        () -> pull(branch),
                        pull -> pull.path("head").asString("").equals(head)
                                && pull.path("verdict").asString("").equals(verdict));
    }

    /** Pushes what is written as a branch, waits for its plan to be ready, and merges it; gives the pull request. */
    JsonNode merged(String branch) {
        return merged(branch, checkout.push(branch));
    }

    /** Merges a branch that was pushed once its plan is ready; gives the pull request as it was planned. */
    JsonNode merged(String branch, String head) {
        JsonNode pull = planned(branch, head, "ready");
        checkout.merge(branch);
        return pull;
    }

    /** Waits until the comment of a pull request reads as wanted; gives it. */
    String comment(JsonNode pull, Predicate<String> wanted) {
        int number = pull.path("number").asInt();
        return await("the comment of pull request " + number)
                .atMost(PATIENCE)
                .until(
                        () -> mergeway.api("/pulls/shop/" + number)
                                .path("comment")
                                .asString(""),
                        wanted::test);
    }

    /** Waits for the receipt that says that all is applied and healthy; gives it. */
    String applied(JsonNode pull) {
        return comment(pull, body -> body.contains("### Applied\n"));
    }

    /** Waits until an environment stands so; gives it. */
    JsonNode environment(String name, Predicate<JsonNode> wanted) {
        return await("environment " + name)
                .atMost(PATIENCE)
                .until(() -> mergeway.api("/environments/" + name), wanted::test);
    }

    /** What {@code mergeway plan} of the checkout says and how it exits. */
    Mergeway.Answer plan() {
        return mergeway.run(
                "plan",
                "--config",
                mergeway.config().toString(),
                checkout.folder().toString());
    }

    @Override
    public void close() {
        mergeway.close();
    }
}
