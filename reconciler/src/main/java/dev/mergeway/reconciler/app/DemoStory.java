package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.cli.Console;
import dev.mergeway.reconciler.git.OriginRepository;
import dev.mergeway.reconciler.port.BareRepository.Author;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.resource.Trees;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The story told by itself: a pull request, its plan, the merge, what is applied, a hand edit put right, the revert. Plays
 * a developer who has Git and the API and nothing else; what does not come within a minute ends the story.
 */
final class DemoStory {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ENVIRONMENT = "shop-dev";
    private static final String FILE = "dev/hello.yaml";
    private static final String SPEC = """
            apiVersion: mergeway.dev/v1
            kind: Deployment
            metadata: { name: hello }
            spec:
              replicas: 2
              service: { ports: { web: { port: 80, targetPort: 8080 } } }
              containers:
                main:
                  image: ghcr.io/acme/hello:1.0.0
                  variables: { GREETING: "Hello, ${metadata.name}" }
            """;

    private final DemoSite site;
    private final Console console;
    private final String api;
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();
    private final long began = System.nanoTime();
    private long step = System.nanoTime();

    DemoStory(DemoSite site, Service service, Console console) {
        this.site = site;
        this.console = console;
        this.api = "http://127.0.0.1:" + service.port() + "/api/v1";
    }

    /** Something did not come as told. */
    private static final class TwistException extends Exception {
        TwistException(String message) {
            super(message);
        }
    }

    int tell() throws InterruptedException {
        try (OriginRepository shop = site.open("shop")) {
            play(shop);
            tellf("The story went as told, in %.1f s.", (System.nanoTime() - began) / 1e9);
            return Console.OK;
        } catch (TwistException | RepositoryException | IOException e) {
            console.say("The story did not go as told: " + e.getMessage());
            return Console.ERROR;
        }
    }

    private void play(OriginRepository shop)
            throws TwistException, RepositoryException, IOException, InterruptedException {
        until("the examples are applied", () -> environment("/sync").equals("Synced"));
        told("The examples are applied to " + ENVIRONMENT + ": " + environment("/resources") + " resources.");
        String main = shop.head("main").orElseThrow();
        String branch = "say-hello-" + main.substring(0, 7);
        String commit = shop.writer()
                .commit(main, Map.of(FILE, Optional.of(SPEC.getBytes(StandardCharsets.UTF_8))), author(), "Say hello");
        shop.point("refs/heads/" + branch, Optional.empty(), Optional.of(commit));
        Object pull = planned(commit);
        told("A pull request adds " + FILE + ". Its comment:");
        console.out().println(indented(Trees.text(pull, "/comment")));
        expect(
                Trees.text(pull, "/verdict").equals("ready"),
                "the plan is " + Trees.text(pull, "/verdict") + ", not ready");
        expect(written("hello").isEmpty(), "something was applied before the merge");

        String merge = shop.writer().merge(main, commit, author(), "Merge branch '" + branch + "'");
        expect(shop.point("refs/heads/main", Optional.of(main), Optional.of(merge)), "main moved");
        until(
                "it is applied",
                () -> !written("hello").isEmpty() && environment("/sync").equals("Synced") && applied(merge));
        told("Merged and applied: " + String.join(", ", written("hello")) + ".");
        until("the receipt is written", () -> Trees.text(pull(pull), "/comment").contains("Applied"));
        told("The comment is the receipt now:");
        console.out().println(indented(Trees.text(pull(pull), "/comment")));

        Path edited = live("hello").stream()
                .filter(path -> path.getFileName().toString().startsWith("deployment"))
                .findFirst()
                .orElseThrow();
        String before = Files.readString(edited);
        expect(before.contains("replicas: 2"), "the Deployment does not have the two replicas that were asked for");
        Files.writeString(edited, before.replace("replicas: 2", "replicas: 7"));
        until("a hand edit is put right", () -> Files.readString(edited).equals(before));
        told("A file of the live folder was edited by hand, and put right.");

        String revert = shop.writer().revert(merge, merge, author());
        String back = "revert-" + branch;
        shop.point("refs/heads/" + back, Optional.empty(), Optional.of(revert));
        Object reverting = planned(revert);
        told("A pull request reverts the merge. Its comment:");
        console.out().println(indented(Trees.text(reverting, "/comment")));
        expect(shop.point("refs/heads/main", Optional.of(merge), Optional.of(revert)), "main moved");
        until(
                "it is rolled back",
                () -> written("hello").isEmpty() && environment("/sync").equals("Synced"));
        told("Merged and rolled back: nothing of it is left.");
    }

    private static Author author() {
        return new Author(DemoSite.SOMEBODY.name(), DemoSite.SOMEBODY.email(), Instant.now());
    }

    private interface Question {
        boolean holds() throws IOException, InterruptedException;
    }

    private void until(String what, Question question) throws TwistException, IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!question.holds()) {
            if (System.nanoTime() > end) {
                throw new TwistException("after " + PATIENCE.toSeconds() + " s it was not so that " + what
                        + ". The environment says: " + environment("/message"));
            }
            Thread.sleep(50);
        }
    }

    private static void expect(boolean holds, String otherwise) throws TwistException {
        if (!holds) {
            throw new TwistException(otherwise);
        }
    }

    /** The pull request of a head commit, once it has a plan. */
    private Object planned(String head) throws TwistException, IOException, InterruptedException {
        Object[] found = new Object[1];
        until("the pull request has a plan", () -> {
            if (Trees.at(answer("/pulls"), "/items") instanceof List<?> items) {
                for (Object item : items) {
                    if (Trees.text(item, "/head").equals(head)
                            && !Trees.text(item, "/comment").isEmpty()) {
                        found[0] = item;
                    }
                }
            }
            return found[0] != null;
        });
        return found[0];
    }

    private Object pull(Object pull) throws IOException, InterruptedException {
        return answer("/pulls/" + Trees.text(pull, "/repository") + "/" + Trees.at(pull, "/number"));
    }

    private boolean applied(String revision) throws IOException, InterruptedException {
        return environment("/revision").equals(revision);
    }

    private String environment(String pointer) throws IOException, InterruptedException {
        Object value = Trees.at(answer("/environments/" + ENVIRONMENT), pointer);
        return value == null ? "" : value.toString();
    }

    private Object answer(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api + path)).build();
        String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return json.readValue(body, Map.class);
    }

    /** Names of the files of the live folder that are of a workload. */
    private List<String> written(String workload) throws IOException {
        return live(workload).stream()
                .map(path -> path.getFileName().toString())
                .toList();
    }

    private List<Path> live(String workload) throws IOException {
        Path folder = site.live().resolve(ENVIRONMENT);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.getFileName().toString().contains("-" + workload))
                    .sorted()
                    .toList();
        }
    }

    private void told(String what) {
        long now = System.nanoTime();
        tellf("%5.2f s  %s", (now - step) / 1e9, what);
        step = now;
    }

    private void tellf(String format, Object... values) {
        console.out().printf(Locale.ROOT, format + "%n", values);
        console.out().flush();
    }

    private static String indented(String markdown) {
        return markdown.indent(9);
    }
}
