package dev.mergeway.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.resource.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The story that must always work, told through plain Git and the API on the real wiring. */
class StoryTest {
    @TempDir
    static Path folder;

    static Site site;

    @BeforeAll
    static void boot() throws Exception {
        site = Site.start(folder.resolve("a site"), 34);
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

    @ParameterizedTest
    @ValueSource(ints = {40, 7})
    void aRevertOfWhatNobodyHasTakesNothingBackAndStopsNobody(int digits) throws Exception {
        Shop shop = site.shop().declares("").workload("cart").begin();
        shop.workload("hello");
        shop.applied(shop.pushMain(
                "Say hello\n\nThis reverts commit " + "ab".repeat(20).substring(0, digits) + "."));
        assertThat(shop.live("hello")).isNotEmpty();

        shop.delete("dev/hello.yaml").pushMain("Say no more\n\nThis reverts commit " + "cd".repeat(20) + ".");
        shop.is("Held");
        assertThat(shop.live("hello")).isNotEmpty();
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

    @Test
    void anUnseenDeletionIsHeldUntilItIsTakenBack() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").workload("hello").begin();
        var before = shop.live();
        shop.delete("dev/hello.yaml").pushMain("Remove hello without asking");
        shop.is("Held");

        assertThat(shop.api().environment(shop.dev(), "/message")).contains("no valid pull request showed");
        assertThat(shop.live()).isEqualTo(before);

        shop.git().run("revert", "--no-edit", "HEAD");
        shop.git().run("push", "-q", "origin", "main");
        shop.applied(shop.git().id("HEAD"));
        assertThat(shop.live()).isEqualTo(before);
    }

    @Test
    void anEmptiedRepositoryNeverEmptiesAnEnvironment() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").begin();
        var before = shop.live();
        shop.git().run("switch", "-q", "--orphan", "fresh");
        shop.git().run("commit", "-q", "--allow-empty", "-m", "Begin again");
        shop.git().run("push", "-q", "-f", "origin", "HEAD:main");
        String empty = shop.git().id("HEAD");
        Shop.eventually(
                "a release at the empty commit",
                () -> assertThat(shop.api()
                                .runs("release", shop.dev())
                                .getFirst()
                                .toString())
                        .contains(empty, "Held"));
        assertThat(shop.live()).isEqualTo(before);
    }

    @Test
    void whatHoldsDataIsDeletedOnlyWhenASecondPersonAgrees() throws Exception {
        String database = "  resources: { db: { type: postgres, class: small } }\n";
        Shop shop = site.shop()
                .declares("")
                .file("dev/cart.yaml", Shop.workload("cart", "nginx:1.29", database))
                .begin();
        int pull = shop.branch("remove")
                .file("dev/cart.yaml", Shop.workload("cart", "nginx:1.29", ""))
                .open("Remove the database");
        assertThat(shop.api().pull(shop.name(), pull, "/verdict")).isEqualTo("blocked");
        assertThat(shop.comment(pull)).contains("stateful", "destroys data");

        shop.merge("remove");
        shop.is("Held");
        shop.says(pull, "Held after the merge");
        assertThat(shop.live("cart-db")).isNotEmpty();

        shop.git().run("push", "-q", "origin", "remove:refs/tags/mergeway/approve/" + pull + "/grace");
        shop.applied(shop.git().id("main"));
        assertThat(shop.live("cart-db")).isEmpty();
        shop.says(pull, "Applied");
    }

    @Test
    void aReceiptTellsOfItsOwnEnvironmentsOnly() throws Exception {
        Shop shop = site.shop();
        shop.declares("")
                .workload("cart")
                .file("other/environment.yaml", Shop.environment(shop.name() + "-other", "dev", ""))
                .file("other/mail.yaml", Shop.workload("mail", "nginx:1.29", ""))
                .begin();
        int one = shop.branch("one").workload("hello").open("Say hello");
        shop.applied(shop.merge("one"));
        shop.says(one, "### Applied");
        String receipt = shop.comment(one);

        int two = shop.branch("two")
                .file("other/mail.yaml", Shop.workload("mail", "nginx:1.30", ""))
                .open("Update mail");
        shop.applied(shop.name() + "-other", shop.merge("two"));
        shop.says(two, "### Applied");
        assertThat(shop.comment(one)).isEqualTo(receipt);
    }

    @Test
    void theDatabaseIsLostBetweenPlanAndMerge() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").workload("old").begin();
        int pull = shop.branch("hello").workload("hello").delete("dev/old.yaml").open("Say hello, and no more old");
        assertThat(shop.comment(pull)).contains("| 3 | 0 | 0 | 3 |");
        String[] merge = new String[1];
        site.restart(() -> {
            site.loseDatabase();
            merge[0] = shop.merge("hello");
        });

        Shop.eventually(
                "applied",
                () -> assertThat(shop.api().environment(shop.dev(), "/revision"))
                        .as(
                                "%s, with the comment %s",
                                shop.api().environment(shop.dev(), "/message"), shop.comment(pull))
                        .isEqualTo(merge[0]));
        shop.says(pull, "### Applied");
        assertThat(shop.live("hello")).isNotEmpty();
        assertThat(shop.live("old")).isEmpty();
    }

    @Test
    void aNewEnvironmentThatFailsIsTakenBackWhole() throws Exception {
        Shop shop = site.shop().file("README.md", "Nothing yet\n");
        shop.pushMain("Begin");
        Path foreign = shop.liveFile("deployment.apps-cart.yaml");
        Files.createDirectories(foreign.getParent());
        Files.writeString(foreign, "kind: Note\n");
        shop.branch("place").declares("").workload("cart").open("Make a place");
        String merge = shop.merge("place");
        shop.is("OutOfSync");
        assertThat(shop.live()).hasSizeGreaterThan(2);

        shop.branch("back").git().run("revert", "--no-edit", "-m", "1", merge);
        int back = shop.open("Take it back");
        assertThat(shop.comment(back)).contains("### Ready to merge");
        shop.merge("back");
        Shop.eventually(
                "nothing of ours is left", () -> assertThat(shop.live()).containsExactly("deployment.apps-cart.yaml"));
        shop.says(back, "### Applied");
        assertThat(Files.readString(foreign)).isEqualTo("kind: Note\n");
        assertThat(shop.api().items("/resources?environment=" + shop.dev())).isEmpty();
        Shop.eventually(
                "forgotten",
                () -> assertThat(shop.api().environment(shop.dev(), "/sync")).isEmpty());
    }

    @Test
    void theDatabaseIsLostWhileAnEnvironmentIsTakenAway() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").begin();
        int pull = shop.branch("away").delete("dev").open("Take it away");
        site.restart(() -> {
            site.loseDatabase();
            shop.merge("away");
        });
        Shop.eventually("all gone", () -> assertThat(shop.live()).isEmpty());
        shop.says(pull, "### Applied");
    }

    @Test
    void whatWasAppliedBesideABrokenSpecIsNotTakenBackByALook() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").workload("hello").begin();
        shop.file("dev/cart.yaml", Shop.workload("cart", "nginx:1.30", ""))
                .file("dev/hello.yaml", Shop.workload("hello", "nginx:1.30", "  replikas: 2\n"))
                .pushMain("Change both, one of them wrongly");
        shop.is("OutOfSync");
        Path file = shop.liveFile("deployment.apps-cart.yaml");
        String applied = Files.readString(file);
        assertThat(applied).contains("nginx:1.30");

        Files.writeString(file, applied.replace("nginx:1.30", "nginx:0"));
        Shop.eventually("put right", () -> assertThat(Files.readString(file)).isEqualTo(applied));
    }

    @Test
    void namesAreTakenOnceAndEnvironmentsMustBeThereAndAllowed() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").begin();
        String elsewhere = Shop.workload("x", "nginx:1.29", "").replace("name: x", "name: x, environment: ");
        int pull = shop.branch("mistakes")
                .file("dev/again.yaml", Shop.workload("cart", "nginx:1.30", ""))
                .file("one.yaml", elsewhere.replace("environment: ", "environment: " + shop.name() + "-prud"))
                .file("two.yaml", elsewhere.replace("environment: ", "environment: platform-prod"))
                .open("Make mistakes");

        assertThat(shop.api().pull(shop.name(), pull, "/verdict")).isEqualTo("invalid");
        assertThat(shop.comment(pull))
                .contains("dev/again.yaml:3", "is in `dev/cart.yaml`".replace("`", ""))
                .contains("one.yaml:3", shop.name() + "-prud")
                .contains("two.yaml:3");
    }

    @Test
    void aTeamRepositoryOffersNoBlueprintsAndNoPolicies() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").begin();
        int pull = shop.branch("policy").file("policy.yaml", """
                        apiVersion: mergeway.dev/v1
                        kind: Policy
                        metadata: { name: anything-goes }
                        spec: { action: warn, rules: [ { expr: "true" } ] }
                        """).open("Offer a policy");

        assertThat(shop.api().pull(shop.name(), pull, "/verdict")).isEqualTo("invalid");
        assertThat(shop.comment(pull)).contains("policy.yaml:2", "platform repository");
    }

    @Test
    void aConflictIsSaid() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").begin();
        shop.branch("change").file("dev/cart.yaml", Shop.workload("cart", "nginx:1.30", ""));
        shop.open("Change cart");
        shop.git().run("switch", "-q", "main");
        shop.file("dev/cart.yaml", Shop.workload("cart", "nginx:1.31", "")).pushMain("Change it too");

        String head = shop.git().id("change");
        Shop.eventually(
                "the conflict",
                () -> assertThat(shop.status(head, "mergeway-plan")).contains("state: failure", "dev/cart.yaml"));
    }

    @Test
    void squashedAndForwardedPullRequestsGetReceiptsToo() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").begin();
        int forwarded = shop.branch("forward").workload("hello").open("Say hello");
        shop.git().run("switch", "-q", "main");
        shop.git().run("merge", "-q", "--ff-only", "forward");
        shop.git().run("push", "-q", "origin", "main");
        shop.says(forwarded, "### Applied");

        shop.branch("squash").workload("bye").push("Say");
        int squashed = shop.file("dev/bye.yaml", Shop.workload("bye", "nginx:1.30", ""))
                .open("Say bye");
        shop.git().run("switch", "-q", "main");
        shop.git().run("merge", "-q", "--squash", "squash");
        shop.applied(shop.pushMain("Say bye (squashed)"));
        shop.says(squashed, "### Applied");
        assertThat(shop.live("bye")).isNotEmpty();
    }

    @Test
    void twoMergesAtOnceAreAppliedTogetherAndEachIsTold() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").begin();
        int one = shop.branch("one").workload("hello").open("Say hello");
        shop.git().run("switch", "-q", "main");
        int two = shop.branch("two").workload("bye").open("Say bye");
        shop.merge("one");
        shop.applied(shop.merge("two"));

        shop.says(one, "### Applied");
        shop.says(two, "### Applied");
        assertThat(shop.live()).contains("deployment.apps-hello.yaml", "deployment.apps-bye.yaml");
    }

    @Test
    void theSamePlanIsTheSameBytesAndItsCommentIsNotWrittenAgain() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").begin();
        int pull = shop.branch("hello").workload("hello").open("Say hello");
        String plan = shop.api().plan(shop.name(), pull);
        long written = shop.commented(pull);
        int runs = reviews(shop, pull);

        shop.git().run("push", "-q", "origin", "HEAD:refs/tags/mergeway/plan/" + pull);
        Shop.eventually("planned again", () -> assertThat(reviews(shop, pull)).isGreaterThan(runs));
        shop.planned(shop.git().id("HEAD"));

        assertThat(shop.api().plan(shop.name(), pull)).isEqualTo(plan);
        assertThat(shop.commented(pull)).isEqualTo(written);
    }

    @Test
    void anExperimentWhoseTimeIsUpGetsOnePullRequestThatRemovesIt() throws Exception {
        Shop shop = site.shop().declares("expires: 2020-01-31").workload("cart").begin();
        int[] pull = new int[1];
        Shop.eventually("a pull request that removes it", () -> {
            for (Object each : shop.api().items("/pulls?limit=500")) {
                if (each.toString().contains("branch=mergeway/expire-" + shop.dev() + ",")) {
                    pull[0] = Objects.requireNonNull((Integer) Trees.at(each, "/number"));
                }
            }
            assertThat(pull[0]).isPositive();
        });
        shop.says(pull[0], "delete");
        assertThat(shop.api().environment(shop.dev(), "/expires")).startsWith("2020-02-01");
        assertThat(shop.live("cart")).isNotEmpty();

        shop.git().run("fetch", "-q", "origin");
        assertThat(shop.git().run("log", "-1", "--format=%B", "origin/mergeway/expire-" + shop.dev()))
                .contains("whose time is up", "To keep it");
        shop.git().run("push", "-q", "origin", ":mergeway/expire-" + shop.dev());
        shop.file("dev/cart.yaml", Shop.workload("cart", "nginx:1.30", ""));
        shop.applied(shop.pushMain("Go on"));
        Shop.eventually(
                "asked again, and remembered that it was declined",
                () -> assertThat(shop.api().runs("expiry", shop.dev())).hasSize(1));
        assertThat(shop.git().run("ls-remote", "origin")).doesNotContain("heads/mergeway/");
    }

    /** A volume costs $0.10 a month per gigabyte, as its blueprint says. */
    @Test
    void whatItCostsMoreOrLessIsSaid() throws Exception {
        Shop shop = site.shop().declares("").workload("cart").begin();
        assertThat(shop.comment(storing(shop, 10))).contains("+\\$1 a month");
        shop.applied(shop.merge("gb-10"));
        assertThat(shop.comment(storing(shop, 30))).contains("+\\$2 a month");
        shop.applied(shop.merge("gb-30"));
        assertThat(shop.comment(shop.branch("none").workload("cart").open("Keep nothing")))
                .contains("-\\$3 a month");
    }

    /** In tier prod much at once wants an approval "even then" (product.md), also of the change that ends the tier. */
    @ParameterizedTest
    @ValueSource(strings = {"removed", "lowered"})
    void whatEndsATierIsJudgedByIt(String how) throws Exception {
        Shop shop = site.shop();
        shop.file("dev/environment.yaml", Shop.environment(shop.dev(), "prod", ""))
                .workload("cart")
                .workload("hello")
                .begin();
        shop.branch("end");
        int pull = (how.equals("removed")
                        ? shop.delete("dev")
                        : shop.declares("").delete("dev/cart.yaml").delete("dev/hello.yaml"))
                .open("End it");
        assertThat(shop.comment(pull)).contains("Blocked by `deletion-budget`", "In tier prod");
        assertThat(shop.api().pull(shop.name(), pull, "/verdict")).isEqualTo("blocked");

        shop.merge("end");
        shop.is("Held");
        assertThat(shop.live("cart")).isNotEmpty();
    }

    @Test
    void whatExceedsTheBudgetOfItsEnvironmentIsHeld() throws Exception {
        Shop shop = site.shop()
                .declares("budget: { monthlyUsd: 2 }")
                .workload("cart")
                .begin();
        assertThat(shop.comment(storing(shop, 20)))
                .contains("### Ready to merge")
                .doesNotContain("`budget`:");
        shop.applied(shop.merge("gb-20"));
        int pull = storing(shop, 30);
        assertThat(shop.api().pull(shop.name(), pull, "/verdict")).isEqualTo("blocked");
        assertThat(shop.comment(pull)).contains("`budget`", "3.00 a month in all; its budget is");
        shop.merge("gb-30");
        shop.is("Held");
        shop.declares("budget: { monthlyUsd: 3 }");
        shop.applied(shop.pushMain("Allow more"));
    }

    private static int storing(Shop shop, int gigabytes) throws Exception {
        String store = "  resources: { store: { type: volume, params: { storageGb: " + gigabytes + " } } }\n";
        return shop.branch("gb-" + gigabytes)
                .file("dev/cart.yaml", Shop.workload("cart", "nginx:1.29", store))
                .open("Keep " + gigabytes + " GB");
    }

    private static int reviews(Shop shop, int pull) {
        return (int) shop.api().items("/runs?limit=500").stream()
                .filter(run -> run.toString().contains("repository=" + shop.name() + ",")
                        && run.toString().contains("pull=" + pull + ","))
                .filter(run -> run.toString().contains("Succeeded"))
                .count();
    }
}
