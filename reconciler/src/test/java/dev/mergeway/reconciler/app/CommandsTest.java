package dev.mergeway.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.cli.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as it is called: what it prints and the code that it exits with. */
class CommandsTest {
    private static final Path BAD = Path.of("../schema/src/test/resources/bad");

    @TempDir
    Path folder;

    private record Ran(int code, String out, String err) {}

    @AfterEach
    void forgetHome() {
        System.clearProperty("mergeway.home");
    }

    private static Ran demo(Path folder) {
        System.setProperty("mergeway.home", "..");
        return run("demo", "--port", "0", "--dir", folder.toString());
    }

    private static Ran run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        PrintWriter printer = new PrintWriter(out);
        int code = Main.run(new Console(printer, new PrintWriter(err), false), arguments);
        printer.flush();
        return new Ran(code, out.toString(), err.toString());
    }

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    /** Mistakes that reading alone cannot see: the file, the line and the words that they must be told with. */
    @TestFactory
    List<DynamicTest> mistakesThatShowLater() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : Files.readAllLines(BAD.resolve("later.txt"))) {
            String[] expected = line.split("\\|");
            if (!line.startsWith("#") && expected.length == 3) {
                tests.add(DynamicTest.dynamicTest(
                        expected[0].strip(),
                        () -> told(expected[0].strip(), expected[1].strip(), expected[2].strip())));
            }
        }
        assertThat(tests).hasSizeGreaterThan(7);
        return tests;
    }

    private void told(String name, String line, String words) throws IOException {
        String file = name + ".yaml";
        Path at = Files.createDirectories(folder.resolve(name));
        Files.copy(BAD.resolve(file), at.resolve(file));
        if (!name.contains("expired")) {
            file(name + "/environment.yaml", Shop.environment("shop-dev", "dev", ""));
        }
        if (name.endsWith("-two")) {
            Files.copy(BAD.resolve("later-duplicate-one.yaml"), at.resolve("later-duplicate-one.yaml"));
        }
        Ran ran = run("validate", "--format", "json", at.toString());
        assertThat(ran.out().lines())
                .anySatisfy(found -> assertThat(found).contains(file + "\"", "\"line\":" + line + ",", words));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | version",
                "0 | --help",
                "0 | --version",
                "0 | validate --help",
                "2 | validate",
                "2 | validate /nowhere/at/all",
                "2 | validate --format xml .",
                "2 | nonsense",
                "2 | plan",
                "0 | schema",
                "0 | schema Deployment",
                "2 | schema Deploymnet",
                "0 | explain Deployment.containers",
                "2 | explain Deployment.contaners",
                "2 | explain",
                "0 | rbac",
                "0 | rbac ../examples",
                "2 | rbac /nowhere/at/all",
                "2 | serve",
                "1 | serve --config /nowhere/at/all",
                "1 | plan --config /nowhere/at/all",
            })
    void exitCodes(int code, String arguments) {
        assertThat(run(arguments.split(" ")).code()).isEqualTo(code);
    }

    @Test
    void rightsAreThoseOfTheShippedKindsOfBlueprintsAndOfManifests() throws IOException {
        file("dev/environment.yaml", Shop.environment("shop-dev", "dev", ""));
        file("dev/blueprint.yaml", """
                apiVersion: mergeway.dev/v1
                kind: Blueprint
                metadata: { name: nightly, version: 1.0.0 }
                spec:
                  provides: { kind: Nightly }
                  parameters: { type: object, additionalProperties: false, properties: {} }
                  resources:
                    job:
                      kubernetes: { apiVersion: batch/v1, kind: CronJob, metadata: { name: "${metadata.name}" } }
                  examples: [ { params: {} } ]
                """);
        file("dev/k8s/policy.yaml", """
                apiVersion: gateway.example.com/v1
                kind: Gateway
                metadata: { name: front, namespace: shop-dev }
                """);
        file("dev/manifests.yaml", """
                apiVersion: mergeway.dev/v1
                kind: Manifests
                metadata: { name: plain }
                spec: { path: ./k8s }
                """);

        Ran ran = run("rbac", folder.toString());

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains(
                        "resources: [\"cronjobs\"]",
                        "apiGroups: [\"gateway.example.com\"]",
                        "resources: [\"gateways\"]")
                .contains("resources: [\"deployments\", \"statefulsets\"]")
                .startsWith("# The plural of gateway.example.com Gateway is taken to be gateways;");
    }

    @Test
    void aDemoLeavesTheConfigurationOfSomebodyElseAlone() throws IOException {
        Path own = file("server.yaml", "# mine\n");
        Ran ran = demo(folder);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains(own + " is not the demo's", "--dir");
        assertThat(own).hasContent("# mine\n");
    }

    @Test
    void whatIsNamedAndNotLookedAtIsSaid() throws IOException {
        Path json = file("cart.json", "{}");
        Ran ran = run("validate", json.toString());
        assertThat(ran.code()).isZero();
        assertThat(ran.err())
                .contains("cart.json", "not looked at", ".yaml or .yml")
                .doesNotContain("all is well");
        assertThat(run("validate", folder.toString()).err()).contains("no file", ".yaml or .yml");
        file("environment.yaml", Shop.environment("shop-dev", "dev", ""));
        assertThat(run("validate", folder.toString()).err()).isEqualTo("1 file: all is well\n");
    }

    @Test
    void aConfigurationThatIsNotThereIsSaidToBe() {
        assertThat(run("validate", "--config", "/nowhere/server.yaml", ".").err())
                .contains("cannot read /nowhere/server.yaml", "--config");
    }

    @Test
    void aDataFolderThatCannotBeIsSaidToBeOne() throws IOException {
        Path taken = file("data", "");
        Path config = file("server.yaml", """
                apiVersion: mergeway.dev/v1
                kind: Server
                spec:
                  dataDir: ./data
                  forges: [ { name: here, type: local, path: ./repos } ]
                  repositories: [ { name: shop, forge: here, path: acme/shop, role: platform } ]
                  targets: [ { name: local, type: directory, path: ./live } ]
                """);
        assertThat(run("serve", "--config", config.toString()).err())
                .contains("The data folder " + taken + " cannot be made", "dataDir");
        assertThat(demo(taken).err()).contains(taken + " is no folder", "--dir");
    }

    @Test
    void aMessageAndItsHintAreTwoSentences() throws IOException {
        file("environment.yaml", Shop.environment("shop-dev", "dev", ""));
        Path cart =
                file("cart.yaml", Shop.workload("cart", "nginx:1.29", "  resources: { db: { type: postgresql } }\n"));
        assertThat(run("render", cart.toString()).err()).contains("'postgresql'. Did you mean 'postgres'?");
    }

    @Test
    void aCleanFolderIsClean() throws IOException {
        file("dev/environment.yaml", Shop.environment("shop-dev", "dev", ""));
        file("dev/cart.yaml", Shop.workload("cart", "nginx:1.29", ""));
        assertThat(run("validate", folder.toString()).code()).isZero();
    }

    @Test
    void oneFileIsCheckedWithTheEnvironmentsAroundIt() throws IOException {
        file(".git/HEAD", "ref: refs/heads/main\n");
        file("dev/environment.yaml", Shop.environment("shop-dev", "dev", ""));
        Path cart = file("dev/apps/cart.yaml", Shop.workload("cart", "nginx:1.29", ""));

        Ran ran = run("validate", cart.toString());

        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text | cart.yaml:7:3",
                "json | \"rule\":\"schema/unknown-field\"",
                "sarif | \"ruleId\"",
                "github | ::error file=",
            })
    void aMistakeIsToldInEveryFormat(String format, String words) throws IOException {
        file("dev/environment.yaml", Shop.environment("shop-dev", "dev", ""));
        file("dev/cart.yaml", Shop.workload("cart", "nginx:1.29", "  replikas: 2\n"));

        Ran ran = run("validate", "--format", format, folder.toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains(words, "replikas");
    }

    @Test
    void aPlainObjectIsInItsPlaceWhereAManifestsNamesItsFolder() throws IOException {
        file("environment.yaml", Shop.environment("shop-dev", "dev", ""));
        file("k8s/map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n");
        assertThat(run("validate", folder.toString()).out()).contains("not applied by itself");
        file(
                "all.yaml",
                "apiVersion: mergeway.dev/v1\nkind: Manifests\nmetadata: { name: all }\nspec: { path: ./k8s }\n");
        assertThat(run("validate", folder.toString()).out()).doesNotContain("not applied by itself");
    }

    @Test
    void aSpecOfNoEnvironmentIsLentOneAndThatIsSaid() throws IOException {
        Path cart = file("cart.yaml", Shop.workload("cart", "nginx:1.29", ""));

        Ran checked = run("validate", cart.toString());
        assertThat(checked.code()).isZero();
        assertThat(checked.out()).contains("warning", "belongs to no environment");

        Ran rendered = run("render", cart.toString());
        assertThat(rendered.code()).isZero();
        assertThat(rendered.err()).contains("preview");
        assertThat(rendered.out().indexOf("kind: ServiceAccount"))
                .isBetween(0, rendered.out().indexOf("kind: Deployment"));
    }

    @Test
    void aPlanTellsByItsCodeWhetherThereIsSomethingToDo() throws IOException {
        Path config = file("server.yaml", """
                apiVersion: mergeway.dev/v1
                kind: Server
                spec:
                  dataDir: ./data
                  forges: [ { name: here, type: local, path: ./repos } ]
                  repositories: [ { name: shop, forge: here, path: acme/shop, role: platform } ]
                  targets: [ { name: local, type: directory, path: ./live } ]
                """);
        file("shop/dev/environment.yaml", Shop.environment("shop-dev", "dev", ""));
        Path cart = file("shop/dev/cart.yaml", Shop.workload("cart", "nginx:1.29", ""));
        String shop = folder.resolve("shop").toString();

        Ran changes = run("plan", "--config", config.toString(), shop);
        assertThat(changes.err()).isEmpty();
        assertThat(changes.code()).isEqualTo(3);
        assertThat(changes.out()).contains("Deployment cart");
        assertThat(folder.resolve("live/shop-dev")).doesNotExist();
        assertThat(run("plan", "--config", config.toString(), "--format", "json", shop)
                        .out())
                .isEqualTo(run("plan", "--config", config.toString(), "--format", "json", shop)
                        .out());

        Files.writeString(cart, Shop.workload("cart", "nginx:1.29", "  replikas: 2\n"));
        assertThat(run("plan", "--config", config.toString(), shop).code()).isEqualTo(1);
    }
}
