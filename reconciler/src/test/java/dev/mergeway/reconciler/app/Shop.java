package dev.mergeway.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.git.PlainGit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;

/** A developer with a clone of a repository, who knows plain Git, the API and nothing else. */
final class Shop {
    /** Far more than it takes, since the machine may be busy. */
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Site site;
    private final String name;
    private final PlainGit git;
    private final Path bare;

    Shop(Site site, String name, PlainGit git, Path bare) {
        this.site = site;
        this.name = name;
        this.git = git;
        this.bare = bare;
    }

    /** The name of its repository. */
    String name() {
        return name;
    }

    /** The environment of this repository that tests use. */
    String dev() {
        return name + "-dev";
    }

    PlainGit git() {
        return git;
    }

    Site site() {
        return site;
    }

    Api api() {
        return site.api();
    }

    /** An environment in the folder {@code dev}. */
    Shop declares(String more) throws IOException {
        return file("dev/environment.yaml", environment(dev(), "dev", more));
    }

    static String environment(String name, String tier, String more) {
        return """
                apiVersion: mergeway.dev/v1
                kind: Environment
                metadata: { name: %s }
                spec: { tier: %s, targets: { kubernetes: local, aws: local }%s }
                """.formatted(name, tier, more.isEmpty() ? "" : ", " + more);
    }

    /** A small workload: a Deployment, a Service and a ServiceAccount. */
    static String workload(String name, String image, String more) {
        return """
                apiVersion: mergeway.dev/v1
                kind: Deployment
                metadata: { name: %s }
                spec:
                  service: { ports: { web: { port: 80, targetPort: 8080 } } }
                  containers: { main: { image: "%s" } }
                %s""".formatted(name, image, more);
    }

    Shop file(String path, String content) throws IOException {
        git.file(path, content);
        return this;
    }

    Shop workload(String workload) throws IOException {
        return file("dev/" + workload + ".yaml", workload(workload, "nginx:1.29", ""));
    }

    Shop delete(String path) throws IOException {
        git.run("rm", "-r", "-q", path);
        return this;
    }

    /** Commits everything straight to main and pushes it. */
    String pushMain(String message) throws IOException {
        String commit = git.commit(message);
        git.run("push", "-q", "origin", "HEAD:main");
        return commit;
    }

    /** Begins a repository: what is there goes to main, and is applied. */
    Shop begin() throws IOException {
        applied(pushMain("Begin"));
        return this;
    }

    /** Begins a branch at main. */
    Shop branch(String branch) throws IOException {
        git.run("switch", "-q", "-c", branch);
        return this;
    }

    /** Commits everything, pushes the branch, and waits for its plan; answers its number. */
    int open(String message) throws IOException {
        return planned(push(message));
    }

    /** Commits everything and pushes the branch; answers its head. */
    String push(String message) throws IOException {
        String commit = git.commit(message);
        git.run("push", "-q", "-f", "origin", "HEAD");
        return commit;
    }

    /** Waits for the plan of a head; answers the number of its pull request. */
    int planned(String head) {
        int[] number = new int[1];
        eventually("a plan for " + head, () -> {
            for (Object pull : api().items("/pulls?limit=500")) {
                if (dev.mergeway.reconciler.resource.Trees.text(pull, "/head").equals(head)
                        && !dev.mergeway.reconciler.resource.Trees.text(pull, "/comment")
                                .isEmpty()) {
                    number[0] = Integer.parseInt(
                            String.valueOf(dev.mergeway.reconciler.resource.Trees.at(pull, "/number")));
                }
            }
            assertThat(number[0]).as("number of the pull request").isPositive();
        });
        eventually(
                "the comment on the forge",
                () -> assertThat(comment(number[0])).isEqualTo(api().pull(name, number[0], "/comment")));
        return number[0];
    }

    /** Merges a branch into main with a merge commit, and pushes it. */
    String merge(String branch) throws IOException {
        git.run("switch", "-q", "main");
        git.run("merge", "-q", "--no-ff", "-m", "Merge branch '" + branch + "'", branch);
        git.run("push", "-q", "origin", "main");
        return git.id("HEAD");
    }

    /** Waits until a revision is applied to the environment and all is in sync. */
    void applied(String revision) {
        applied(dev(), revision);
    }

    void applied(String environment, String revision) {
        eventually(environment + " at " + revision, () -> {
            assertThat(api().environment(environment, "/sync"))
                    .as("sync of %s: %s", environment, api().environment(environment, "/message"))
                    .isEqualTo("Synced");
            assertThat(api().environment(environment, "/revision")).isEqualTo(revision);
        });
    }

    /** Waits until the environment has a sync state. */
    void is(String sync) {
        eventually(
                dev() + " is " + sync,
                () -> assertThat(api().environment(dev(), "/sync"))
                        .as(api().environment(dev(), "/message"))
                        .isEqualTo(sync));
    }

    static void eventually(String what, ThrowingRunnable assertion) {
        await(what)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(40))
                .untilAsserted(assertion);
    }

    /** Live files of the environment. */
    List<String> live() throws IOException {
        return site.live(dev());
    }

    /** Live files of the environment that a workload made. */
    List<String> live(String workload) throws IOException {
        return live().stream().filter(file -> file.contains("-" + workload)).toList();
    }

    Path liveFile(String name) {
        return site.file(dev(), name);
    }

    /** The one comment of a pull request, as it stands on the forge. */
    String comment(int number) {
        Path folder = bare.resolve("mergeway/pulls/" + number);
        if (!Files.isDirectory(folder)) {
            return "";
        }
        try (var files = Files.list(folder)) {
            List<Path> comments = files.filter(
                            file -> file.getFileName().toString().matches("comment-.*[.]md"))
                    .toList();
            assertThat(comments).as("comments of pull request %d", number).hasSizeLessThan(2);
            return comments.isEmpty() ? "" : Files.readString(comments.getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When the comment was written last. */
    long commented(int number) throws IOException {
        return Files.getLastModifiedTime(bare.resolve("mergeway/pulls/" + number + "/comment-1.md"))
                .toMillis();
    }

    /** A status of a commit as the forge shows it: its fields. */
    String status(String commit, String context) {
        Path file = bare.resolve("mergeway/statuses/" + commit + "/" + context);
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the comment of a pull request holds a text. */
    void says(int number, String text) {
        eventually("the comment of " + number, () -> assertThat(comment(number)).contains(text));
    }
}
