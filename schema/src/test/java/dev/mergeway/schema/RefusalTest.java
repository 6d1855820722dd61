package dev.mergeway.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.expression.Pointers;
import dev.mergeway.schema.model.Expansion;
import dev.mergeway.schema.model.Files;
import dev.mergeway.schema.model.Finding;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in a Deployment that its schema cannot see: said in its author's words, at the line that is wrong. */
class RefusalTest {
    private static final String SPEC = """
            apiVersion: mergeway.dev/v1
            kind: Deployment
            metadata: { name: shop }
            spec:
              service: { ports: { web: { port: 80 }, admin: { port: 9000 } } }
              route: { host: shop.example.com, port: PORT }
              containers:
                main:
                  image: shop:1
                  files: { /etc/a: { source: FILE } }
                  args: ["ARG"]
              resources: { db: { type: postgres } }
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wep | a.txt | x | 6 | spec/refused | the service has no port wep; it has web (80), admin (9000)",
                "8080 | a.txt | x | 6 | spec/refused | the service has no port 8080; it has web (80), admin (9000)",
                "web | gone.txt | x | 10 | spec/missing-file | there is no file 'gone.txt' beside the spec",
                "9000 | a.txt | ${resources.db.pasword} | 11 | placeholder/unknown-output | which postgres does not give",
                "web | a.txt | ${resources.db.password} | 11 | blueprint/secret-flow | where anybody who may look can read it"
            })
    void isSaidWhereItStands(String port, String file, String argument, int line, String rule, String message) {
        List<Finding> findings = expand(port, file, argument).findings();
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.position().line()).isEqualTo(line);
            assertThat(finding.message()).contains(message).doesNotContain("params.");
        });
    }

    @ParameterizedTest
    @CsvSource({"web", "admin", "80", "9000"})
    void aPortIsSaidByNameOrNumber(String port) {
        assertThat(expand(port, "a.txt", "x").findings()).isEmpty();
    }

    /** What asks for it is told when it is still wrong then. */
    @Test
    void aMistypedTypeIsSaidAndNotThatTheResourceIsMissing() {
        String mistyped = SPEC.replace("type: postgres", "type: postgresql");
        assertThat(expand(mistyped, "web", "a.txt", "${resources.db.host}").findings())
                .extracting(Finding::rule)
                .containsExactly("resources/unknown-type");
        assertThat(expand(mistyped, "web", "a.txt", "${resources.bd.host}").findings())
                .extracting(Finding::rule)
                .containsExactlyInAnyOrder("placeholder/unknown-resource", "resources/unknown-type");
    }

    /** A key of live YAML that came back: it is ours to set. */
    @Test
    void anAnnotationThatMergewaySetsItselfMayStandInASpec() {
        String copied =
                SPEC.replace("name: shop }", "name: shop, annotations: { mergeway.dev/checksum: mine, a: b } }");
        Expansion expansion = expand(copied, "web", "a.txt", "x");
        assertThat(expansion.findings()).isEmpty();
        assertThat(expansion.resources())
                .anySatisfy(resource -> assertThat(
                                Pointers.find(resource.body(), List.of("spec", "template", "metadata", "annotations")))
                        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                        .containsEntry("a", "b")
                        .hasEntrySatisfying(
                                "mergeway.dev/checksum", sum -> assertThat(sum).isNotEqualTo("mine")));
    }

    /** Their keys in a ConfigMap would be one; a dot at the end of a folder's name is what makes them so. */
    @Test
    void twoFilesOfOneKeyAreRefusedAtTheirPath() {
        String text = SPEC.replace("/etc/a: { source: FILE }", "/a./b: { content: s3cret }, /a/.b: { content: two }")
                .replace("PORT", "web");
        List<Finding> findings = new SpecReader(Catalogue.shipped())
                .read("shop.yaml", text.getBytes(UTF_8))
                .findings();
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.position().line()).isEqualTo(10);
            assertThat(finding.message()).contains("/a./b").doesNotContain("s3cret");
        });
    }

    private static Expansion expand(String port, String file, String argument) {
        return expand(SPEC, port, file, argument);
    }

    private static Expansion expand(String spec, String port, String file, String argument) {
        String text = spec.replace("PORT", port).replace("FILE", file).replace("ARG", argument);
        FileContent content = new SpecReader(Catalogue.shipped()).read("shop.yaml", text.getBytes(UTF_8));
        assertThat(content.findings()).isEmpty();
        return new Expander(Catalogue.shipped())
                .expand(Folder.environment("shop-dev"), content.specs(), new OneFile("a.txt"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 80 | nothing answers requests to this route: shop has no service",
                "service: { ports: { web: { port: 80 } } } | 8080 | the service has no port 8080; it has web (80)",
                "service: { ports: { web: { port: 80 }, wab: { port: 80 } } } | 80 | two ports of the service have the number 80"
            })
    void aRouteThatNothingAnswersIsRefused(String service, String port, String message) {
        String text = """
                apiVersion: mergeway.dev/v1
                kind: Deployment
                metadata: { name: shop }
                spec:
                  SERVICE
                  containers: { main: { image: shop:1 } }
                  resources: { way: { type: route, params: { host: shop.example.com, port: PORT } } }
                """.replace(service.equals("{}") ? "  SERVICE\n" : "SERVICE", service.equals("{}") ? "" : service)
                .replace("PORT", port);
        FileContent content = new SpecReader(Catalogue.shipped()).read("shop.yaml", text.getBytes(UTF_8));
        assertThat(content.findings()).isEmpty();
        List<Finding> findings = new Expander(Catalogue.shipped())
                .expand(Folder.environment("shop-dev"), content.specs(), new OneFile("a.txt"))
                .findings();
        assertThat(findings)
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains(message));
    }

    /** A single file of the given name. */
    private record OneFile(String name) implements Files {
        @Override
        public java.util.Optional<byte[]> read(String path) {
            return path.equals(name) ? java.util.Optional.of("a".getBytes(UTF_8)) : java.util.Optional.empty();
        }

        @Override
        public List<String> below(String folder) {
            return List.of(name);
        }
    }
}
