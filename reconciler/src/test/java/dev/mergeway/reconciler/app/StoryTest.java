package dev.mergeway.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story that must always work, told through plain Git and the API on the real wiring. */
class StoryTest {
    @TempDir
    static Path folder;

    static Site site;

    @BeforeAll
    static void boot() throws Exception {
        site = Site.start(folder.resolve("a site"), 12);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void aPullRequestIsPlannedMergedAppliedAndTakenBack() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").begin();
        int pull = shop.branch("hello").workload("hello").open("Say hello");
        String head = shop.git().id("HEAD");

        assertThat(shop.comment(pull)).contains("### Ready to merge", "Deployment hello", "create");
        assertThat(shop.status(head, "mergeway-plan")).contains("state: success");
        assertThat(shop.live("hello")).isEmpty();

        String merge = shop.merge("hello");
        shop.applied(merge);
        assertThat(shop.live("hello")).contains("deployment.apps-hello.yaml", "service-hello.yaml");
        shop.says(pull, "### Applied");
        assertThat(shop.comment(pull)).contains("created", "revert commit");
        Shop.eventually(
                "status", () -> assertThat(shop.status(merge, "mergeway-apply")).contains("state: success"));

        shop.git().run("switch", "-q", "-c", "back");
        shop.git().run("revert", "--no-edit", "-m", "1", merge);
        int back = shop.open("Nothing");
        assertThat(shop.comment(back)).contains("delete");
        shop.applied(shop.merge("back"));
        assertThat(shop.live("hello")).isEmpty();
        assertThat(shop.live("cart")).isNotEmpty();
    }

    @Test
    void aRevertPushedStraightToMainRollsBack() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").begin();
        shop.branch("hello").workload("hello").open("Say hello");
        String merge = shop.merge("hello");
        shop.applied(merge);

        shop.git().run("revert", "--no-edit", "-m", "1", merge);
        shop.git().run("push", "-q", "origin", "main");
        shop.applied(shop.git().id("HEAD"));

        assertThat(shop.live("hello")).isEmpty();
    }

    @Test
    void whatIsEditedByHandIsPutRight() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").begin();
        Path file = shop.liveFile("deployment.apps-cart.yaml");
        String before = Files.readString(file);

        Files.writeString(file, before.replace("nginx:1.29", "nginx:0"));
        Shop.eventually("put right", () -> assertThat(Files.readString(file)).isEqualTo(before));
        Shop.eventually(
                "told",
                () -> assertThat(shop.api().environment(shop.dev(), "/message"))
                        .contains("by hand", "Deployment cart"));

        Files.delete(file);
        Shop.eventually("made again", () -> assertThat(file).exists());
    }

    @Test
    void whatIsEditedByHandIsOnlyReportedWhereTheEnvironmentSaysSo() throws Exception {
        Shop shop = site.shop().declares("drift: report").workload("cart").begin();
        Path file = shop.liveFile("deployment.apps-cart.yaml");
        String edited = Files.readString(file).replace("nginx:1.29", "nginx:0");

        Files.writeString(file, edited);
        shop.is("OutOfSync");

        assertThat(shop.api().environment(shop.dev(), "/message")).contains("changed by hand");
        assertThat(Files.readString(file)).isEqualTo(edited);
    }

    @Test
    void anInvalidSpecIsToldAndHidesNoOtherOne() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").workload("hello").begin();
        String good = Shop.workload("cart", "nginx:1.30", "");
        String bad = Shop.workload("hello", "nginx:1.30", "  replikas: 2\n");
        int pull = shop.branch("change")
                .file("dev/cart.yaml", good)
                .file("dev/hello.yaml", bad)
                .file("dev/worse.yaml", "apiVersion: mergeway.dev/v1\nkind: Deployment\n\tspec: {}\n")
                .open("Change");

        assertThat(shop.api().pull(shop.name(), pull, "/verdict")).isEqualTo("invalid");
        assertThat(shop.comment(pull)).contains("dev/hello.yaml:7", "replikas", "dev/worse.yaml:3", "cart");
        assertThat(shop.comment(pull)).contains("nothing is deleted");
        assertThat(shop.status(shop.git().id("HEAD"), "mergeway-plan")).contains("state: failure", "dev/hello.yaml:7");

        shop.merge("change");
        Shop.eventually(
                "the good one is applied",
                () -> assertThat(Files.readString(shop.liveFile("deployment.apps-cart.yaml")))
                        .contains("nginx:1.30"));
        shop.is("OutOfSync");
        assertThat(shop.live("hello")).isNotEmpty();
        assertThat(shop.api().environment(shop.dev(), "/message")).contains("dev/hello.yaml:7");

        shop.file("dev/hello.yaml", Shop.workload("hello", "nginx:1.30", "")).delete("dev/worse.yaml");
        shop.applied(shop.pushMain("Mend it"));
        assertThat(Files.readString(shop.liveFile("deployment.apps-hello.yaml")))
                .contains("nginx:1.30");
    }

    @Test
    void aBrokenDeclarationDeletesNothing() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").begin();
        var before = shop.live();
        int pull = shop.branch("typo")
                .file("dev/environment.yaml", "kind: Environment\nmetadata: { name: " + shop.dev() + "\n")
                .open("Make a typo");

        assertThat(shop.api().pull(shop.name(), pull, "/verdict")).isEqualTo("invalid");
        assertThat(shop.comment(pull)).contains("dev/environment.yaml").doesNotContain("delete");

        shop.merge("typo");
        shop.is("OutOfSync");
        assertThat(shop.live()).isEqualTo(before);
    }

    @Test
    void aFileIsRenamedWithoutAnyEffect() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").begin();
        var before = shop.live();
        shop.branch("rename").git().run("mv", "dev/cart.yaml", "dev/basket.yaml");
        int pull = shop.open("Rename the file");

        assertThat(shop.api().pull(shop.name(), pull, "/summary/delete")).isEqualTo("0");
        assertThat(shop.comment(pull)).contains("Nothing to change");

        shop.applied(shop.merge("rename"));
        assertThat(shop.live()).isEqualTo(before);
    }

    @Test
    void aRemovedSpecIsRemoved() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").workload("hello").begin();
        int pull = shop.branch("remove").delete("dev/hello.yaml").open("Remove hello");

        assertThat(shop.comment(pull)).contains("delete", "Deployment hello");

        shop.applied(shop.merge("remove"));
        assertThat(shop.live("hello")).isEmpty();
        assertThat(shop.live("cart")).isNotEmpty();
        shop.says(pull, "deleted");
    }
}
