package dev.mergeway.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An environment that the platform repository declares and a team's repository uses: what becomes of it concerns both. */
class SharedEnvironmentTest {
    private static final String DATABASE = "  resources: { db: { type: postgres, class: small } }\n";

    @TempDir
    static Path folder;

    static Site site;
    static Shop platform;

    @BeforeAll
    static void boot() throws Exception {
        site = Site.start(folder.resolve("site"), 8);
        platform = site.clone("platform", "a");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static String declaration(Shop shop) {
        return shop.dev() + "/environment.yaml";
    }

    private static String cart(Shop shop, String more) {
        return Shop.workload("cart", "nginx:1.29", more)
                .replace("name: cart }", "name: cart, environment: " + shop.dev() + " }");
    }

    /** A team with a cart in an environment of the platform's. */
    private static Shop begun(String declared, String more) throws Exception {
        Shop shop = site.shop();
        platform.file(declaration(shop), Shop.environment(shop.dev(), "dev", declared));
        shop.applied(platform.pushMain("Make a place for " + shop.name()));
        shop.file("apps/cart.yaml", cart(shop, more));
        return shop.begin();
    }

    private static String summary(int pull, String what) {
        return platform.api().pull("platform", pull, "/summary/" + what);
    }

    @Test
    void itGoesOnlyWithAllThatIsInItShownAndAgreedOn() throws Exception {
        Shop shop = begun("", DATABASE);
        var before = shop.live();
        int pull = platform.branch("away").delete(declaration(shop)).open("Take the place away");
        assertThat(platform.comment(pull))
                .contains("cart-db", "`stateful`", "Repository " + shop.name() + " still has specs");
        assertThat(platform.api().pull("platform", pull, "/verdict")).isEqualTo("blocked");
        assertThat(summary(pull, "delete")).isEqualTo(String.valueOf(before.size()));

        platform.merge("away");
        shop.is("Held");
        assertThat(shop.live()).anyMatch(file -> file.contains("cart-db")).anyMatch(file -> file.contains("namespace"));

        platform.git().run("push", "-q", "origin", "away:refs/tags/mergeway/approve/" + pull + "/grace");
        Shop.eventually("all gone", () -> assertThat(shop.live()).isEmpty());
        platform.says(pull, "### Applied");
        assertThat(shop.api().items("/resources?environment=" + shop.dev())).isEmpty();
    }

    @Test
    void whatAFileMadeThatIsBrokenByNowGoesAlongAsShown() throws Exception {
        Shop shop = begun("", "");
        shop.file("apps/cart.yaml", cart(shop, "  replikas: 2\n")).pushMain("Make a typo");
        shop.is("OutOfSync");
        int pull = platform.branch("broken-away").delete(declaration(shop)).open("Take the place away");
        assertThat(platform.comment(pull)).contains("Deployment cart");
        assertThat(summary(pull, "delete")).isEqualTo(String.valueOf(shop.live().size()));
        platform.merge("broken-away");
        Shop.eventually("all gone", () -> assertThat(shop.live()).isEmpty());
    }

    @Test
    void whatItChangesInOtherRepositoriesIsDoneAsShown() throws Exception {
        Shop shop = begun("domain: one.example.com", "");
        shop.file(
                "apps/cart.yaml",
                cart(shop, "  resources: { web: { type: dns } }\n")
                        .replace("image:", "variables: { HOST: \"${resources.web.host}\" }, image:"));
        shop.applied(shop.pushMain("Know the host"));
        Path file = shop.liveFile("deployment.apps-cart.yaml");
        assertThat(Files.readString(file)).contains("one.example.com");

        int pull = platform.branch("domain")
                .file(declaration(shop), Shop.environment(shop.dev(), "dev", "domain: two.example.com"))
                .open("Move to another domain");
        assertThat(platform.comment(pull)).contains("Deployment cart", "two.example.com");
        shop.applied(platform.merge("domain"));
        assertThat(Files.readString(file)).contains("two.example.com");
        platform.says(pull, "### Applied");
        assertThat(platform.comment(pull)).contains("Deployment cart");
        assertThat(shop.api().runs("drift", shop.dev())).isEmpty();
    }

    @Test
    void anotherTargetTakesAllThatIsInItAlong() throws Exception {
        Shop shop = begun("", "");
        int files = shop.live().size();
        int pull = platform.branch("target")
                .file(
                        declaration(shop),
                        Shop.environment(shop.dev(), "dev", "").replace("kubernetes: local", "kubernetes: other"))
                .open("Move to another target");
        assertThat(summary(pull, "create") + " created, " + summary(pull, "delete") + " deleted")
                .isEqualTo(files + " created, " + files + " deleted");
        shop.applied(platform.merge("target"));
        assertThat(shop.live()).isEmpty();
        assertThat(site.other(shop.dev())).hasSize(files).contains("deployment.apps-cart.yaml");
    }

    @Test
    void whatAnotherRepositoryTookOverStaysWhenTheFormerOwnerDropsIt() throws Exception {
        Shop shop = site.shop();
        platform.file(declaration(shop), Shop.environment(shop.dev(), "dev", ""))
                .file("carts/" + shop.name() + ".yaml", cart(shop, ""));
        shop.applied(platform.pushMain("Make a place with a cart"));
        shop.file("apps/mail.yaml", cart(shop, "").replace("name: cart,", "name: mail,"));
        shop.begin();
        int taken = shop.branch("take").file("apps/cart.yaml", cart(shop, "")).open("Take the cart over");
        assertThat(shop.comment(taken)).contains("### Blocked", "`ownership`");
        shop.git().run("push", "-q", "origin", "take:refs/tags/mergeway/approve/" + taken + "/grace");
        shop.says(taken, "### Ready to merge");
        shop.applied(shop.merge("take"));
        Path file = shop.liveFile("deployment.apps-cart.yaml");
        assertThat(Files.readString(file)).contains("mergeway.dev/repository: " + shop.name());

        int dropped =
                platform.branch("drop").delete("carts/" + shop.name() + ".yaml").open("Drop the copy");
        assertThat(summary(dropped, "delete")).isEqualTo("0");
        platform.merge("drop");
        platform.says(dropped, "### Applied");
        assertThat(file).exists();
        assertThat(shop.api().items("/resources?environment=" + shop.dev()).toString())
                .contains("name=cart");
    }

    @Test
    void whatATeamMadeInPartGoesWithARevertThoughItHasNothingElseThere() throws Exception {
        Shop shop = site.shop().file("README.md", "Nothing yet\n");
        shop.pushMain("Begin");
        platform.file(declaration(shop), Shop.environment(shop.dev(), "dev", ""));
        shop.applied(platform.pushMain("Make a place for " + shop.name()));
        var before = shop.live();
        Path foreign = shop.liveFile("deployment.apps-cart.yaml");
        Files.writeString(foreign, "kind: Note\n");
        shop.file("apps/cart.yaml", cart(shop, "")).pushMain("Add a cart");
        shop.is("OutOfSync");
        assertThat(shop.live()).hasSizeGreaterThan(before.size() + 1);
        Files.delete(foreign);

        shop.git().run("revert", "--no-edit", "HEAD");
        shop.git().run("push", "-q", "origin", "main");
        shop.is("Synced");
        assertThat(shop.live()).isEqualTo(before);
    }
}
