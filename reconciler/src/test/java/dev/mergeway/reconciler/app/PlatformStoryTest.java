package dev.mergeway.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.cli.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What a platform team offers and limits, by pull request too: one story, told in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlatformStoryTest {
    @TempDir
    static Path folder;

    static Site site;
    static Shop platform;

    @BeforeAll
    static void boot() throws Exception {
        site = Site.start(folder.resolve("site"), 8);
        platform = site.clone("platform", "a");
        platform.file("blueprints/note.yaml", blueprint("hello"))
                .file("policies/limits.yaml", policies("deny"))
                .pushMain("Offer notes, with limits");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static String blueprint(String text) {
        return """
                apiVersion: mergeway.dev/v1
                kind: Blueprint
                metadata: { name: note, version: 1.0.0, team: platform }
                spec:
                  provides: { kind: Note }
                  parameters:
                    type: object
                    description: A note.
                    additionalProperties: false
                    properties:
                      size: { type: integer, minimum: 1, maximum: 100, default: 1, description: How long it is., examples: [2] }
                  resources:
                    note:
                      kubernetes:
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: { name: "${metadata.name}" }
                        data: { text: "%s", size: "${string(params.size)}" }
                  examples: [ { params: {} } ]
                """.formatted(text);
    }

    private static String policies(String action) {
        return """
                apiVersion: mergeway.dev/v1
                kind: Policy
                metadata: { name: short-notes }
                spec:
                  match: { kinds: [Note] }
                  action: %s
                  rules:
                    - expr: spec.size <= 10
                      message: "'Notes have at most 10 lines; you asked for ' + string(spec.size)"
                      fix: { spec.size: 10 }
                """.formatted(action);
    }

    private static String note(int size) {
        return """
                apiVersion: mergeway.dev/v1
                kind: Note
                metadata: { name: memo }
                spec: { size: %d }
                """.formatted(size);
    }

    /** What {@code mergeway plan} prints about a branch. */
    private static String plan(String repository, String ref) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        PrintWriter printer = new PrintWriter(out);
        String config = site.folder().resolve("server.yaml").toString();
        Main.run(
                new Console(printer, new PrintWriter(err), false),
                "plan",
                "--config",
                config,
                "--repo",
                repository,
                "--ref",
                ref);
        printer.flush();
        assertThat(err.toString()).isEmpty();
        return out.toString();
    }

    @Test
    @Order(1)
    void aDenialBlocksAndHoldsAndSaysTheFix() throws Exception {
        Shop shop = site.shop().declares("").file("dev/note.yaml", note(2)).begin();
        assertThat(shop.live()).contains("configmap-memo.yaml");
        int pull = shop.branch("more").file("dev/note.yaml", note(50)).open("Ask for more");

        assertThat(shop.api().pull(shop.name(), pull, "/verdict")).isEqualTo("blocked");
        assertThat(shop.comment(pull))
                .contains(
                        "short-notes",
                        "at most 10 lines; you asked for 50. Set `spec.size` to `10` (`dev/note.yaml:4`).");
        assertThat(plan(shop.name(), "more"))
                .as("the developer's own plan, beside the service")
                .contains("deny  short-notes: Note memo: Notes have at most 10 lines; you asked for 50.");

        shop.merge("more");
        shop.is("Held");
        assertThat(Files.readString(shop.liveFile("configmap-memo.yaml"))).contains("size: \"2\"");

        shop.file("dev/note.yaml", note(5));
        shop.applied(shop.pushMain("Ask for less"));
        assertThat(Files.readString(shop.liveFile("configmap-memo.yaml"))).contains("size: \"5\"");
    }

    @Test
    @Order(2)
    void aPullRequestCannotChangeTheRulesThatItIsJudgedBy() throws Exception {
        Shop shop = site.shop();
        platform.branch("lenient")
                .file("policies/limits.yaml", policies("warn"))
                .file("demo/environment.yaml", Shop.environment("platform-demo", "dev", ""))
                .file("demo/note.yaml", note(99));
        int pull = platform.open("Be lenient, and make use of it");

        assertThat(platform.api().pull("platform", pull, "/verdict")).isEqualTo("blocked");
        platform.git().run("switch", "-q", "main");
        assertThat(shop.live()).isEmpty();
    }

    @Test
    @Order(3)
    void aChangedBlueprintShowsWhatItChangesAndChangesItOnceMerged() throws Exception {
        Shop shop = site.shop().declares("").file("dev/note.yaml", note(3)).begin();
        int pull = platform.branch("text")
                .file("blueprints/note.yaml", blueprint("welcome"))
                .open("Say welcome");

        assertThat(platform.comment(pull)).contains("ConfigMap memo", shop.dev(), "welcome");
        assertThat(platform.api().pull("platform", pull, "/summary/update")).isNotEqualTo("0");

        platform.merge("text");
        Shop.eventually(
                "live notes say it",
                () -> assertThat(Files.readString(shop.liveFile("configmap-memo.yaml")))
                        .contains("welcome"));
        platform.says(pull, "### Applied");
    }

    @Test
    @Order(4)
    void aBrokenBlueprintIsToldAndTakesNothingAway() throws Exception {
        Shop shop = site.shop().declares("").file("dev/note.yaml", note(3)).begin();
        String broken = blueprint("x").replace("${string(params.size)}", "${string(params.seize)}");
        int pull =
                platform.branch("broken").file("blueprints/note.yaml", broken).open("Break it");

        assertThat(platform.api().pull("platform", pull, "/verdict")).isEqualTo("invalid");
        assertThat(platform.comment(pull)).contains("blueprints/note.yaml:", "seize");
        assertThat(platform.api().pull("platform", pull, "/summary/delete")).isEqualTo("0");

        platform.merge("broken");
        shop.is("OutOfSync");
        assertThat(shop.live()).contains("configmap-memo.yaml");
        platform.git().run("revert", "--no-edit", "-m", "1", "HEAD");
        platform.git().run("push", "-q", "origin", "main");
        shop.is("Synced");
    }

    /** A thing that is ready once somebody wrote so into it. */
    private static final String SLOW = """
            apiVersion: mergeway.dev/v1
            kind: Blueprint
            metadata: { name: slow, version: 1.0.0, team: platform }
            spec:
              provides: { kind: Slow }
              parameters: { type: object, description: A slow thing., additionalProperties: false, properties: {} }
              resources:
                thing:
                  kubernetes: { apiVersion: v1, kind: ConfigMap, metadata: { name: "${metadata.name}" }, data: { a: b } }
                  ready: ["${has(thing.data.done)}"]
              examples: [ { params: {} } ]
            """;

    @Test
    @Order(5)
    void aReceiptThatWaitedForHealthWhileTheServiceWasRestartedIsFinished() throws Exception {
        platform.file("blueprints/slow.yaml", SLOW).pushMain("Offer slow things");
        Shop shop = site.shop().declares("").file("dev/note.yaml", note(3)).begin();
        String slow = "apiVersion: mergeway.dev/v1\nkind: Slow\nmetadata: { name: snail }\nspec: {}\n";
        int pull = shop.branch("snail").file("dev/snail.yaml", slow).open("Take our time");
        String merge = shop.merge("snail");
        shop.says(pull, "waiting until all is healthy");

        site.restart(() -> {});
        Path live = shop.liveFile("configmap-snail.yaml");
        Files.writeString(live, Files.readString(live).replace("a: b", "a: b\n  done: \"yes\""));
        shop.says(pull, "### Applied\n");
        assertThat(shop.comment(pull)).contains("created | Healthy").doesNotContain("Progressing");
        Shop.eventually(
                "status", () -> assertThat(shop.status(merge, "mergeway-apply")).contains("state: success"));
    }

    @Test
    @Order(6)
    void whatWaitedForAnEnvironmentOfAnotherRepositoryIsPlannedAgainOnceItIsThere() throws Exception {
        Shop shop = site.shop();
        String late = shop.name() + "-late";
        String memo = note(3).replace("name: memo", "name: memo, environment: " + late);
        shop.file("README.md", "Nothing yet\n").pushMain("Begin");
        int pull = shop.branch("early").file("apps/note.yaml", memo).open("Write a note");
        assertThat(shop.api().pull(shop.name(), pull, "/verdict")).isEqualTo("invalid");
        assertThat(shop.comment(pull)).contains("### Not valid yet", late);

        platform.file("late/environment.yaml", Shop.environment(late, "dev", ""))
                .pushMain("Make the place");
        Shop.eventually(
                "the plan",
                () -> assertThat(shop.api().pull(shop.name(), pull, "/verdict")).isEqualTo("ready"));
        shop.says(pull, "### Ready to merge");
        shop.merge("early");
        shop.says(pull, "### Applied\n");
        assertThat(site.live(late)).contains("configmap-memo.yaml");
    }

    @Test
    @Order(7)
    void anOpenPullRequestIsPlannedAgainWhenThePlatformChangesWhatItIsAbout() throws Exception {
        Shop shop = site.shop();
        String place = shop.name() + "-place";
        platform.file("place/environment.yaml", Shop.environment(place, "dev", ""))
                .pushMain("Make a place");
        shop.file("README.md", "Nothing yet\n").pushMain("Begin");
        String memo = note(3).replace("name: memo", "name: memo, environment: " + place);
        int pull = shop.branch("memo").file("apps/note.yaml", memo).open("Write a note");
        Shop.eventually(
                "the plan",
                () -> assertThat(shop.api().pull(shop.name(), pull, "/verdict")).isEqualTo("ready"));

        platform.file("policies/limits.yaml", policies("deny").replace("<= 10", "<= 2"))
                .pushMain("Allow shorter notes only");
        Shop.eventually(
                "the verdict by the new policy",
                () -> assertThat(shop.api().pull(shop.name(), pull, "/verdict")).isEqualTo("blocked"));
        platform.file("policies/limits.yaml", policies("deny")).pushMain("Allow them again");
        Shop.eventually(
                "the verdict by the old policy",
                () -> assertThat(shop.api().pull(shop.name(), pull, "/verdict")).isEqualTo("ready"));

        platform.delete("place").pushMain("Take the place away");
        Shop.eventually(
                "the verdict without the environment",
                () -> assertThat(shop.api().pull(shop.name(), pull, "/verdict")).isEqualTo("invalid"));
    }

    private static final String OWNED = """
            apiVersion: mergeway.dev/v1
            kind: Policy
            metadata: { name: owned-notes }
            spec:
              match: { kinds: [Note] }
              action: deny
              rules: [ { expr: "has(metadata.labels.owner)", message: "'Say whose it is.'" } ]
            ---
            apiVersion: mergeway.dev/v1
            kind: Policy
            metadata: { name: staged-notes }
            spec:
              match: { kinds: [Note], tiers: [staging] }
              action: deny
              rules: [ { expr: spec.size <= 2, message: "'At most 2 lines here.'" } ]
            """;

    @Test
    @Order(8)
    void whatPoliciesLookAtBesideTheSpecIsJudgedWhenItChanges() throws Exception {
        platform.file("policies/owned.yaml", OWNED).pushMain("Want owners");
        String owned = note(5).replace("name: memo", "name: memo, labels: { owner: rosa }");
        Shop shop = site.shop().declares("").file("dev/note.yaml", owned).begin();
        int bare = shop.branch("bare").file("dev/note.yaml", note(5)).open("Say nothing of rosa");
        assertThat(shop.comment(bare)).contains("`owned-notes`", "Say whose it is");
        assertThat(shop.api().pull(shop.name(), bare, "/verdict")).isEqualTo("blocked");

        shop.git().run("switch", "-q", "main");
        int staged = shop.branch("staged")
                .file("dev/environment.yaml", Shop.environment(shop.dev(), "staging", ""))
                .open("Let it be staging");
        assertThat(shop.comment(staged)).contains("`staged-notes`", "At most 2 lines here");
        assertThat(shop.api().pull(shop.name(), staged, "/verdict")).isEqualTo("blocked");

        shop.git().run("switch", "-q", "main");
        int other = shop.branch("other").workload("hello").open("Say hello");
        assertThat(shop.comment(other)).doesNotContain("owned-notes");
    }
}
