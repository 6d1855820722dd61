package dev.mergeway.schema.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Finding;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class BlueprintLoadTest {
    private static final String CONFIG =
            "{ kubernetes: { apiVersion: v1, kind: ConfigMap, metadata: { name: '${metadata.name}-%s' }, data: %s } }";

    private static String blueprint(String parameters, String resources, String rest) {
        return """
                kind: Blueprint
                metadata: { name: test }
                spec:
                  provides: { kind: Test, type: test }
                  parameters: %s
                  resources: %s
                %s
                """.formatted(parameters, resources, rest.indent(2));
    }

    private static String config(String id, String data) {
        return id + ": " + CONFIG.formatted(id, data);
    }

    private static final String COUNT =
            "{ type: object, additionalProperties: false, properties: { count: { type: integer, minimum: 1, maximum: 9, default: 2 } } }";

    static Stream<Arguments> broken() {
        String secret =
                "secret: { kubernetes: { apiVersion: v1, kind: Secret, metadata: { name: s }, stringData: { p: '${random(20)}' } } }";
        return Stream.of(
                Arguments.of(
                        "a cycle",
                        COUNT,
                        "{ " + config("a", "{ x: '${b.data.x}' }") + ", " + config("b", "{ x: '${a.data.x}' }") + " }",
                        "",
                        "blueprint/cycle",
                        "a → b → a"),
                Arguments.of(
                        "itself",
                        COUNT,
                        "{ " + config("a", "{ x: '${a.data.y}' }") + " }",
                        "",
                        "blueprint/cycle",
                        "'a' depends on itself"),
                Arguments.of(
                        "an unknown parameter",
                        COUNT,
                        "{ " + config("a", "{ x: '${string(params.cuont)}' }") + " }",
                        "",
                        "blueprint/unknown-parameter",
                        "cuont"),
                Arguments.of(
                        "an unknown variable",
                        COUNT,
                        "{ " + config("a", "{ x: '${parms.count}' }") + " }",
                        "",
                        "blueprint/expression",
                        "nothing is called 'parms'"),
                Arguments.of(
                        "an unclosed expression",
                        COUNT,
                        "{ " + config("a", "{ x: '${params.count' }") + " }",
                        "",
                        "blueprint/expression",
                        "not closed"),
                Arguments.of(
                        "an unknown dependency",
                        COUNT,
                        "{ a: { dependsOn: [bb], kubernetes: { apiVersion: v1, kind: ConfigMap, metadata: { name: a } } } }",
                        "",
                        "blueprint/unknown-resource",
                        "'bb'"),
                Arguments.of(
                        "a when on a sibling",
                        COUNT,
                        "{ " + config("a", "{ x: y }")
                                + ", b: { when: ['${a.data.x == 1}'], kubernetes: { apiVersion: v1, kind: ConfigMap, metadata: { name: b } } } }",
                        "",
                        "blueprint/expression",
                        "may read only params"),
                Arguments.of(
                        "a secret in a ConfigMap",
                        COUNT,
                        "{ " + secret + ", " + config("a", "{ x: '${secret.stringData.p}' }") + " }",
                        "",
                        "blueprint/secret-flow",
                        "would be written into the ConfigMap"),
                Arguments.of(
                        "random in a ConfigMap",
                        COUNT,
                        "{ " + config("a", "{ x: '${random(20)}' }") + " }",
                        "",
                        "blueprint/secret-flow",
                        "only in the data of a Secret"),
                Arguments.of(
                        "a secret output that does not say so",
                        COUNT,
                        "{ " + secret + " }",
                        "outputs: { p: { type: string, value: '${secret.stringData.p}' } }",
                        "blueprint/render",
                        "add secret: true"),
                Arguments.of(
                        "an output of another type",
                        COUNT,
                        "{ " + config("a", "{ x: y }") + " }",
                        "outputs: { n: { type: integer, value: '${metadata.name}' } }",
                        "blueprint/output-type",
                        "type integer"),
                Arguments.of(
                        "an example that does not render",
                        COUNT,
                        "{ " + config("a", "{ x: '${params.count + \"x\"}' }") + " }",
                        "examples: [ { params: {} } ]",
                        "blueprint/render",
                        "does not fit the types"),
                Arguments.of(
                        "an example that is not allowed",
                        COUNT,
                        "{ " + config("a", "{ x: y }") + " }",
                        "examples: [ { params: { count: 10 } } ]",
                        "schema/out-of-range",
                        ""),
                Arguments.of(
                        "a corner that does not render",
                        COUNT,
                        "{ " + config("a", "{ x: '${string(10 / (params.count - 9))}' }") + " }",
                        "",
                        "blueprint/render",
                        "\"count\":9"),
                Arguments.of(
                        "parameters that are no form",
                        "{ type: object, if: {}, properties: {} }",
                        "{ " + config("a", "{ x: y }") + " }",
                        "",
                        "blueprint/parameters",
                        "'if'"),
                Arguments.of(
                        "an id with a dash",
                        COUNT,
                        "{ " + config("my-config", "{ x: y }") + " }",
                        "",
                        "blueprint/id",
                        "my-config"),
                Arguments.of(
                        "no name",
                        COUNT,
                        "{ a: { kubernetes: { apiVersion: v1, kind: ConfigMap } } }",
                        "examples: [ { params: {} } ]",
                        "blueprint/render",
                        "metadata.name"),
                Arguments.of(
                        "a price that is none",
                        COUNT,
                        "{ " + config("a", "{ x: y }") + " }",
                        "price: { monthlyUsd: '${metadata.name}' }",
                        "blueprint/render",
                        "not a number"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void whatIsWrongIsFoundAtLoadTime(
            String what, String parameters, String resources, String rest, String rule, String message) {
        List<Finding> findings = Fixtures.findings(blueprint(parameters, resources, rest));
        assertThat(findings).as(what).isNotEmpty();
        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.message()).contains(message);
            assertThat(finding.position().line()).isGreaterThan(1);
        });
    }

    @Test
    void aMisspeltParameterNamesTheNearest() {
        String resources = "{ " + config("a", "{ x: '${string(params.cuont)}' }") + " }";
        assertThat(Fixtures.findings(blueprint(COUNT, resources, "")).getFirst().hint())
                .contains("'count'");
    }

    @Test
    void aBrokenBlueprintIsLeftOutAndHidesNoOther() {
        Blueprint good = Fixtures.blueprint(Fixtures.resource("/test-blueprints/queue.yaml"));
        Blueprint bad = Fixtures.blueprint(blueprint(COUNT, "{ " + config("a", "{ x: '${b}' }") + " }", ""));
        Catalogue.Loaded loaded = Catalogue.empty().with(List.of(bad, good));
        assertThat(loaded.catalogue().ofKind("Queue")).isPresent();
        assertThat(loaded.catalogue().ofKind("Test")).isEmpty();
        assertThat(loaded.findings()).isNotEmpty();
    }

    @Test
    void twoForOneKindAreAFindingAndOneMayReplaceOurs() {
        String yaml = blueprint(COUNT, "{ " + config("a", "{ x: y }") + " }", "");
        Blueprint first = Fixtures.blueprint(yaml);
        Blueprint second = Fixtures.blueprint(yaml.replace("name: test", "name: other"));
        Catalogue.Loaded loaded = Catalogue.empty().with(List.of(first, second));
        assertThat(loaded.findings()).hasSize(1);
        assertThat(loaded.findings().getFirst().rule()).isEqualTo("blueprint/duplicate");
        Catalogue replaced = loaded.catalogue().with(List.of(second)).catalogue();
        assertThat(replaced.ofKind("Test")).contains(second);
        assertThat(replaced.blueprints()).containsExactly(second);
    }

    @Test
    void whatIsShippedIsProven() {
        Catalogue shipped = Catalogue.shipped();
        Catalogue.Loaded proven = Catalogue.empty().with(List.copyOf(shipped.blueprints()));
        assertThat(proven.findings()).isEmpty();
        assertThat(shipped.kinds()).contains("Deployment", "Environment", "Manifests");
        for (String kind : shipped.kinds()) {
            assertThat(shipped.schema(kind)).as(kind).isPresent();
        }
        assertThat(shipped.schema("Policy")).isPresent();
        assertThat(shipped.schema("Nonsense")).isEmpty();
        assertThat(shipped.ofType("postgres", "default")).isPresent();
        assertThat(shipped.ofType("postgres", "huge")).isEmpty();
    }
}
