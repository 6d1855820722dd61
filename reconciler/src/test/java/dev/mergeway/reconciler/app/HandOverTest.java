package dev.mergeway.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.resource.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A resource that moves to another spec or environment changes hands; it is not deleted and made again. */
class HandOverTest {
    private static final String MANIFESTS =
            "apiVersion: mergeway.dev/v1\nkind: Manifests\nmetadata: { name: %s }\nspec: { path: ./k8s }\n";

    /** Of no namespace, since everything that has one is of its environment alone. */
    private static final String CLASS = """
            apiVersion: scheduling.k8s.io/v1
            kind: PriorityClass
            metadata: { name: class-of-%s }
            value: 7
            """;

    @TempDir
    static Path folder;

    static Site site;

    @BeforeAll
    static void boot() throws Exception {
        site = Site.start(folder.resolve("site"), 8);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static Shop begun() throws Exception {
        Shop shop = site.shop();
        return shop.declares("")
                .workload("cart")
                .file("dev/one/maps.yaml", MANIFESTS.formatted("one"))
                .file("dev/one/k8s/class.yaml", CLASS.formatted(shop.name()))
                .begin();
    }

    private static List<String> rows(Shop shop, String environment) {
        return shop.api().items("/resources?environment=" + environment).stream()
                .map(row -> Trees.text(row, "/name"))
                .toList();
    }

    private static String summary(Shop shop, int pull) {
        String at = "/summary/";
        return shop.api().pull(shop.name(), pull, at + "create") + " created, "
                + shop.api().pull(shop.name(), pull, at + "update") + " updated, "
                + shop.api().pull(shop.name(), pull, at + "delete") + " deleted";
    }

    @Test
    void toAnotherSpecOfTheSameEnvironment() throws Exception {
        Shop shop = begun();
        shop.branch("moved").git().run("mv", "dev/one", "dev/two");
        int pull = shop.file("dev/two/maps.yaml", MANIFESTS.formatted("two")).open("Call it two");
        assertThat(shop.comment(pull)).contains("### Ready to merge", "until now");
        assertThat(summary(shop, pull)).isEqualTo("0 created, 1 updated, 0 deleted");
        shop.applied(shop.merge("moved"));
        assertThat(shop.live()).anyMatch(file -> file.contains("class-of"));
        assertThat(rows(shop, shop.dev())).contains("class-of-" + shop.name());
    }

    @Test
    void toAnotherEnvironmentOfTheSameRepository() throws Exception {
        Shop shop = begun();
        String next = shop.name() + "-next";
        shop.branch("moved").file("next/environment.yaml", Shop.environment(next, "dev", ""));
        shop.git().run("mv", "dev/one", "next/one");
        int pull = shop.open("Move it on");
        assertThat(shop.comment(pull)).contains("### Ready to merge", "until now");
        assertThat(summary(shop, pull)).endsWith("1 updated, 0 deleted");
        String merge = shop.merge("moved");
        shop.applied(merge);
        shop.applied(next, merge);
        assertThat(shop.live()).noneMatch(file -> file.contains("class-of"));
        assertThat(site.live(next)).anyMatch(file -> file.contains("class-of"));
        assertThat(rows(shop, next)).contains("class-of-" + shop.name());
        assertThat(rows(shop, shop.dev()))
                .doesNotContain("class-of-" + shop.name())
                .isNotEmpty();
        shop.says(pull, "### Applied");
        assertThat(shop.comment(pull)).doesNotContain("deleted");
    }

    @Test
    void whatSomebodyStillWantsIsHeld() throws Exception {
        Shop shop = begun();
        String next = shop.name() + "-next";
        int pull = shop.branch("both")
                .file("next/environment.yaml", Shop.environment(next, "dev", ""))
                .file("next/one/maps.yaml", MANIFESTS.formatted("one"))
                .file("next/one/k8s/class.yaml", CLASS.formatted(shop.name()))
                .open("Want it twice");
        assertThat(shop.comment(pull)).contains("### Blocked", "somebody else has a say in it");
    }

    @Test
    void whatIsGoneAlreadyIsForgottenWithItsSpec() throws Exception {
        Shop shop = begun();
        shop.file("dev/environment.yaml", Shop.environment(shop.dev(), "dev", "drift: report"));
        shop.applied(shop.pushMain("Only report"));
        Path file = site.live(shop.dev()).stream()
                .filter(each -> each.contains("class-of"))
                .map(shop::liveFile)
                .findFirst()
                .orElseThrow();
        Files.delete(file);
        shop.is("OutOfSync");
        shop.branch("gone").delete("dev/one").open("Take it away");
        shop.applied(shop.merge("gone"));
        assertThat(rows(shop, shop.dev())).doesNotContain("class-of-" + shop.name());
    }
}
