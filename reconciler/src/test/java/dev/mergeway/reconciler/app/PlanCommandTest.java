package dev.mergeway.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.cli.Console;
import dev.mergeway.reconciler.git.PlainGit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mergeway plan} of a team's repository, beside the platform's repository as it stands on this disk. */
class PlanCommandTest {
    private static final String LOCAL = "{ name: here, type: local, path: ./repos }";

    /** A forge that nobody can reach: whoever asked it would fail. */
    private static final String REMOTE =
            "{ name: here, type: gitea, url: 'http://127.0.0.1:1', token: { file: ./token } }";

    @TempDir
    Path folder;

    private Path shop;

    private record Ran(int code, String out, String err) {}

    @BeforeEach
    void begin() throws IOException {
        shop = folder.resolve("shop");
        Files.writeString(folder.resolve("token"), "secret");
        configure(LOCAL);
    }

    private void configure(String forge) throws IOException {
        Files.writeString(folder.resolve("server.yaml"), """
                apiVersion: mergeway.dev/v1
                kind: Server
                spec:
                  dataDir: ./data
                  forges: [ %s ]
                  repositories:
                    - { name: platform, forge: here, path: acme/platform, role: platform }
                    - { name: shop, forge: here, path: acme/shop, role: team, team: shop, environments: ["shop-*"] }
                  targets: [ { name: local, type: directory, path: ./live } ]
                """.formatted(forge));
    }

    private Ran plan(String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        PrintWriter printer = new PrintWriter(out);
        String config = folder.resolve("server.yaml").toString();
        int code = Main.run(
                new Console(printer, new PrintWriter(err), false),
                Stream.concat(Stream.of("plan", "--config", config, "--repo", "shop"), Stream.of(more))
                        .toArray(String[]::new));
        printer.flush();
        return new Ran(code, out.toString(), err.toString());
    }

    private void shop(String path, String content) throws IOException {
        Path file = shop.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** What the platform offers, on its tracked branch: a limit, a kind, an environment. */
    private Path platform() throws IOException {
        return bare(
                "platform",
                PlainGit.clone(folder.resolve("repos/acme/platform.git"), folder.resolve("work"))
                        .file("policies/few-copies.yaml", """
                        apiVersion: mergeway.dev/v1
                        kind: Policy
                        metadata: { name: few-copies }
                        spec:
                          match: { kinds: [Deployment] }
                          action: deny
                          rules:
                            - { expr: "!has(spec.replicas) || spec.replicas <= 2", message: "'at most 2 copies'" }
                        """)
                        .file("blueprints/note.yaml", """
                        apiVersion: mergeway.dev/v1
                        kind: Blueprint
                        metadata: { name: note, version: 1.0.0, team: platform }
                        spec:
                          provides: { kind: Note }
                          parameters: { type: object, description: A note., additionalProperties: false, properties: {} }
                          resources:
                            note:
                              kubernetes:
                                apiVersion: v1
                                kind: ConfigMap
                                metadata: { name: "${metadata.name}" }
                                data: { text: hello }
                          examples: [ { params: {} } ]
                        """)
                        .file("shared/environment.yaml", Shop.environment("shop-shared", "dev", "")));
    }

    /** Pushes what a clone holds to a bare repository below {@code repos}. */
    private Path bare(String name, PlainGit clone) throws IOException {
        Path bare = folder.resolve("repos/acme/" + name + ".git");
        PlainGit.in(bare).run("init", "-q", "--bare", "-b", "main");
        clone.commit("Begin");
        clone.run("push", "-q", "origin", "HEAD:main");
        return bare;
    }

    /** Every file and folder with its size and when it was written. */
    private static Map<String, String> seen(Path root) throws IOException {
        Map<String, String> seen = new TreeMap<>();
        try (var files = Files.walk(root)) {
            for (Path file : files.toList()) {
                seen.put(root.relativize(file).toString(), Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return seen;
    }

    @Test
    void aTeamIsToldWhatThePlatformDenies() throws IOException {
        platform();
        shop("dev/environment.yaml", Shop.environment("shop-dev", "dev", ""));
        shop("dev/cart.yaml", Shop.workload("cart", "nginx:1.29", "  replicas: 50\n"));
        bare("shop", PlainGit.clone(folder.resolve("repos/acme/shop.git"), shop));

        Ran files = plan(shop.toString());
        assertThat(files.out()).contains("deny  few-copies", "at most 2 copies");
        assertThat(files.err()).isEmpty();
        assertThat(files.code()).isEqualTo(3);
        assertThat(plan("--ref", "main")).isEqualTo(files);
    }

    @Test
    void kindsAndEnvironmentsOfThePlatformAreKnown() throws IOException {
        platform();
        shop("note.yaml", """
                apiVersion: mergeway.dev/v1
                kind: Note
                metadata: { name: memo, environment: shop-shared }
                spec: {}
                """);

        Ran ran = plan(shop.toString());

        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).contains("shop-shared  note.yaml", "ConfigMap memo");
        assertThat(ran.code()).isEqualTo(3);
    }

    @Test
    void whatIsNotOnThisDiskIsNamedAndNotMade() throws IOException {
        Files.createDirectories(folder.resolve("repos/acme/platform.git"));
        shop("dev/environment.yaml", Shop.environment("shop-dev", "dev", ""));
        Map<String, String> before = seen(folder);

        Ran ran = plan(shop.toString());

        assertThat(ran.err())
                .contains("repository platform is not on this disk", "policies, kinds and environments of it");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(seen(folder)).isEqualTo(before);
    }

    @Test
    void aCloneOfTheServiceIsReadAndLeftAsItIs() throws IOException {
        Path clone = folder.resolve("data/repositories/platform.git");
        Files.createDirectories(clone.getParent());
        Files.move(platform(), clone);
        configure(REMOTE);
        shop("dev/environment.yaml", Shop.environment("shop-dev", "dev", ""));
        shop("dev/cart.yaml", Shop.workload("cart", "nginx:1.29", "  replicas: 50\n"));

        assertThat(plan(shop.toString()).err())
                .as("a clone of another origin")
                .contains("repository platform is not on this disk");

        PlainGit.in(clone).run("config", "mergeway.origin", "http://127.0.0.1:1/acme/platform.git");
        Files.createFile(clone.resolve("refs/heads/main.lock"));
        Map<String, String> before = seen(folder);
        Ran ran = plan(shop.toString());
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).contains("deny  few-copies");
        assertThat(seen(folder)).isEqualTo(before);
    }

    @Test
    void aRefOfACloneIsReadWithoutUnlockingIt() throws IOException {
        shop("dev/environment.yaml", Shop.environment("shop-dev", "dev", ""));
        Path made = bare("shop", PlainGit.clone(folder.resolve("repos/acme/shop.git"), shop));
        Path clone = folder.resolve("data/repositories/shop.git");
        Files.createDirectories(clone.getParent());
        Files.move(made, clone);
        PlainGit.in(clone).run("config", "mergeway.origin", "http://127.0.0.1:1/acme/shop.git");
        Path lock = Files.createFile(clone.resolve("refs/heads/main.lock"));
        configure(REMOTE);

        assertThat(plan("--ref", "main").code()).isEqualTo(3);
        assertThat(lock).exists();
    }

    @Test
    void whatMustBeFixedIsSaidWithItsPlace() throws IOException {
        platform();
        shop("dev/environment.yaml", Shop.environment("shop-dev", "dev", ""));
        shop("dev/cart.yaml", Shop.workload("cart", "nginx:1.29", "  replikas: 2\n"));

        Ran ran = plan(shop.toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("One thing must be fixed first.");
        assertThat(ran.err())
                .contains("dev/cart.yaml:7:3: error: ", "replikas", "[schema/unknown-field]", "hint: ", "replicas")
                .contains("1 error in 1 file.");
        assertThat(plan("--format", "json", shop.toString()).err()).isEmpty();
    }

    @Test
    void whatIsWrongInThePlatformIsNotShownWithALineOfTheTeam() throws IOException {
        bare(
                "platform",
                PlainGit.clone(folder.resolve("repos/acme/platform.git"), folder.resolve("work"))
                        .file("limits.yaml", """
                        apiVersion: mergeway.dev/v1
                        kind: Policy
                        metadata: { name: wrong }
                        spec:
                          match: { kinds: [Deployment] }
                          action: deny
                          rules: [ { expr: "spec.replicas <", message: "'no'" } ]
                        """));
        shop("environment.yaml", Shop.environment("shop-dev", "dev", ""));
        shop("limits.yaml", "just: ours\n".repeat(20));

        Ran ran = plan(shop.toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("limits.yaml:7:").doesNotContain("just: ours");
    }
}
