package dev.mergeway.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.blueprint.Fixtures;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Expansion;
import dev.mergeway.schema.model.Files;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.SpecKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people get wrong, and what two specs do to each other. */
final class ExpanderFindingsTest {
    private static final String GOOD = """
            kind: Web
            metadata: { name: good }
            spec: { containers: { main: { image: i } } }
            """;

    private final Expander expander = new Expander(Fixtures.catalogue());

    private static String web(String name, String variables, String resources) {
        return """
                kind: Web
                metadata: { name: %s, annotations: { owner: me } }
                spec:
                  containers:
                    main:
                      image: i
                      variables: %s
                  resources: %s
                """.formatted(name, variables, resources);
    }

    private Expansion expand(String... yaml) {
        return expand(Files.NONE, yaml);
    }

    private Expansion expand(Files files, String... yaml) {
        List<Spec> specs = new ArrayList<>();
        for (int index = 0; index < yaml.length; index++) {
            specs.addAll(Fixtures.specs("f" + index + ".yaml", yaml[index]));
        }
        return expander.expand(Fixtures.environment("dev"), specs, files);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        web("a", "{ X: '${resources.dbb.host}' }", "{ db: { type: database } }"),
                        "placeholder/unknown-resource",
                        "/spec/containers/main/variables/X",
                        "'db'"),
                Arguments.of(
                        web("a", "{ X: '${resources.db.hots}' }", "{ db: { type: database } }"),
                        "placeholder/unknown-output",
                        "/spec/containers/main/variables/X",
                        "'host'"),
                Arguments.of(
                        web("a", "{ X: '${params.x}' }", "{}"),
                        "placeholder/unknown",
                        "/spec/containers/main/variables/X",
                        "resources.NAME"),
                Arguments.of(
                        web("a", "{ X: '${metadata.annotations.ownr}' }", "{}"),
                        "placeholder/unknown",
                        "/spec/containers/main/variables/X",
                        "'owner'"),
                Arguments.of(
                        web("a", "{}", "{ db: { type: databse } }"),
                        "resources/unknown-type",
                        "/spec/resources/db/type",
                        "'database'"),
                Arguments.of(
                        web("a", "{}", "{ db: { type: database, class: smal } }"),
                        "resources/unknown-class",
                        "/spec/resources/db/class",
                        "'small'"),
                Arguments.of(
                        web("a", "{}", "{ db: { type: database, params: { storageGB: 5 } } }"),
                        "schema/unknown-field",
                        "/spec/resources/db/params/storageGB",
                        "storageGb"),
                Arguments.of(
                        web("a", "{}", "{ db: { type: database, params: { storageGb: 500 } } }"),
                        "schema/out-of-range",
                        "/spec/resources/db/params/storageGb",
                        ""),
                Arguments.of(
                        web(
                                "a",
                                "{}",
                                "{ a: { type: database, params: { peer: '${resources.b.host}' } },"
                                        + " b: { type: database, params: { peer: '${resources.a.host}' } } }"),
                        "resources/cycle",
                        "/spec/resources/a",
                        "placeholders"),
                Arguments.of(
                        web(
                                "a",
                                "{}",
                                "{ db: { type: database, params: { peer: '${resources.other.password}' } },"
                                        + " other: { type: database } }"),
                        "blueprint/secret-flow",
                        "/spec/resources/db/params/peer",
                        "variables and files"),
                Arguments.of(web("Not_A_Name", "{}", "{}"), "kubernetes/name", "/metadata/name", "lower case"),
                Arguments.of(
                        web("a", "{ X: '\uFDD00\uFDD1' }", "{}"),
                        "spec/characters",
                        "/spec/containers/main/variables/X",
                        ""));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aMistakeIsShownAtItsPlaceAndHidesNothing(String yaml, String rule, String pointer, String hint) {
        Expansion expansion = expand(yaml, GOOD);
        assertThat(expansion.findings()).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.pointer()).isEqualTo(pointer);
            assertThat(finding.hint()).contains(hint);
        });
        assertThat(expansion.resources().stream().map(ConcreteResource::spec).distinct())
                .containsExactly(new SpecKey("dev", "Web", "good"));
    }

    static Stream<Arguments> multiplied() {
        String one = "${metadata.annotations.owner}";
        String half = one.repeat(26);
        return Stream.of(
                Arguments.of(web("a", "{ X: '" + one.repeat(53) + "' }", "{}"), "/spec/containers/main/variables/X"),
                Arguments.of(
                        web(
                                "a",
                                IntStream.range(0, 53)
                                        .mapToObj(each -> "V" + each + ": '" + one + "'")
                                        .collect(Collectors.joining(", ", "{ ", " }")),
                                "{}"),
                        "/spec/containers/main/variables/V52"),
                Arguments.of(
                        web(
                                "a",
                                "{}",
                                "{ db: { type: database, params: { peer: '" + half + "' } },"
                                        + " eb: { type: database, params: { peer: '" + half + one + "' } } }"),
                        "/spec/resources/eb/params/peer"));
    }

    /** 20,000 characters 53 times are more than 1 Mi; 52 times are not. */
    @ParameterizedTest
    @MethodSource("multiplied")
    void placeholdersMayNotMultiplyALongText(String yaml, String pointer) {
        String text = "x".repeat(20_000);
        Expansion tooLong = expand(yaml.replace("owner: me", "owner: " + text), GOOD);
        assertThat(tooLong.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("placeholder/too-long");
            assertThat(finding.pointer()).isEqualTo(pointer);
        });
        Expansion stillGood = expand(yaml.replace("owner: me", "owner: " + text.substring(300)), GOOD);
        assertThat(stillGood.findings()).isEmpty();
    }

    /** A mistake that a blueprint did not foresee, in two of its resources. */
    @Test
    void whatABlueprintCannotMakeIsSaidOnceAndWithoutWhatItWasGiven() {
        String merged = "${[['a', params.?text.orValue('')], [size(params.?text.orValue('')) > 999 ? 'a' : 'b', 'c']]"
                + ".transformMapEntry(i, e, {e[0]: e[1]})}";
        String object = "{ kubernetes: { apiVersion: v1, kind: ConfigMap, metadata: { name: '${metadata.name}-%s' },"
                + " data: \"%s\" } }";
        Expander twice = new Expander(Catalogue.empty()
                .with(List.of(Fixtures.blueprint(
                        """
                        kind: Blueprint
                        metadata: { name: twice }
                        spec:
                          provides: { kind: Twice }
                          parameters: { type: object, properties: { text: { type: string, description: A text. } } }
                          resources: { one: %s, two: %s }
                        """.formatted(object.formatted("one", merged), object.formatted("two", merged)))))
                .catalogue());
        List<Spec> specs = Fixtures.specs(
                "t.yaml", "kind: Twice\nmetadata: { name: t }\nspec: { text: " + "s3cret".repeat(1_000) + " }\n");
        Expansion expansion = twice.expand(Fixtures.environment("dev"), specs, Files.NONE);
        assertThat(expansion.resources()).isEmpty();
        assertThat(expansion.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("blueprint/render");
            assertThat(finding.message())
                    .contains("two entries of a map would have the same name")
                    .doesNotContain("s3cret")
                    .hasSizeLessThan(400);
        });
    }

    @Test
    void aMissingTargetIsSaidInPlainWords() {
        List<Spec> specs = Fixtures.specs("q.yaml", "kind: Queue\nmetadata: { name: orders }\nspec: {}\n");
        Expansion expansion =
                expander.expand(Fixtures.environment("dev", Map.of("kubernetes", "dev")), specs, Files.NONE);
        assertThat(expansion.resources()).isEmpty();
        assertThat(expansion.findings()).hasSize(1);
        assertThat(expansion.findings().getFirst().message()).contains("this needs AWS");
    }

    @Test
    void theSameIdIsTheSameResource() {
        String shared = "{ db: { type: database, id: main } }";
        Expansion expansion = expand(
                web(
                        "a",
                        "{ H: '${resources.db.host}' }",
                        "{ db: { type: database, id: main, params: { storageGb: 20 } } }"),
                web("b", "{ H: '${resources.db.host}' }", shared));
        assertThat(expansion.findings()).isEmpty();
        assertThat(expansion.resources().stream().filter(r -> r.key().kind().equals("StatefulSet")))
                .hasSize(1);
        assertThat(expand(
                                web("a", "{}", "{ db: { type: database, id: main, params: { storageGb: 20 } } }"),
                                web("b", "{}", "{ db: { type: database, id: main, params: { storageGb: 30 } } }"))
                        .findings()
                        .stream()
                        .map(Finding::rule))
                .containsExactly("resources/disagree");
    }

    @Test
    void twoOfOneNameAreAFinding() {
        Expansion expansion = expand(GOOD, GOOD);
        assertThat(expansion.findings().stream().map(Finding::rule)).containsExactly("spec/duplicate");
        assertThat(expansion.findings().getFirst().file()).isEqualTo("f1.yaml");
        assertThat(expansion.findings().getFirst().message()).contains("f0.yaml:1");
        assertThat(expansion.resources()).hasSize(1);
    }

    @Test
    void theSameInputGivesTheSameOutputInWhateverOrder() {
        String a =
                web("a", "{ H: '${resources.db.host}', P: '${resources.db.password}' }", "{ db: { type: database } }");
        String b = web("b", "{ Q: '${resources.q.url}' }", "{ q: { type: queue } }");
        List<String> once = shown(expand(a, b, GOOD));
        assertThat(shown(expand(a, b, GOOD))).isEqualTo(once);
        List<Spec> specs = new ArrayList<>();
        specs.addAll(Fixtures.specs("f2.yaml", GOOD));
        specs.addAll(Fixtures.specs("f1.yaml", b));
        specs.addAll(Fixtures.specs("f0.yaml", a));
        assertThat(shown(expander.expand(Fixtures.environment("dev"), specs, Files.NONE)))
                .isEqualTo(once);
        assertThat(shown(new Expander(Fixtures.catalogue()).expand(Fixtures.environment("dev"), specs, Files.NONE)))
                .isEqualTo(once);
    }

    private static List<String> shown(Expansion expansion) {
        return expansion.resources().stream()
                .map(resource -> resource.key() + " " + texts(resource.body()) + " " + resource.dependsOn() + " "
                        + new java.util.TreeMap<>(resource.provenance()) + resource.file() + resource.line())
                .toList();
    }

    private static Object texts(Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new java.util.LinkedHashMap<>();
                map.forEach((key, value) -> copy.put(key, value == null ? "null" : texts(value)));
                yield copy;
            }
            case List<?> list -> list.stream().map(ExpanderFindingsTest::texts).toList();
            case dev.mergeway.schema.model.Late late -> late.text();
            default -> tree;
        };
    }

    @Test
    void pricesAreKnown() {
        List<Spec> specs =
                Fixtures.specs("a.yaml", web("a", "{}", "{ db: { type: database, params: { storageGb: 20 } } }"));
        assertThat(expander.priced(Fixtures.environment("dev"), specs, Files.NONE)
                        .monthlyUsd())
                .containsExactly(Map.entry(new SpecKey("dev", "Database", "a-db"), 2.0));
    }

    @Test
    void aThousandExpansionsAreFast() {
        Expander shipped = new Expander(Catalogue.shipped());
        List<Spec> specs = Fixtures.specs("checkout.yaml", """
                kind: Deployment
                metadata: { name: checkout }
                spec:
                  replicas: 2
                  service: { ports: { web: { port: 80, targetPort: 8080 } } }
                  containers:
                    main:
                      image: ghcr.io/acme/checkout:1.9.2
                      variables: { LOG_LEVEL: info }
                      resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { memory: 256Mi } }
                """);
        for (int warm = 0; warm < 1_000; warm++) {
            assertThat(shipped.expand(Fixtures.environment("dev"), specs, Files.NONE)
                            .findings())
                    .isEmpty();
        }
        // Time of this thread on a processor, so that a busy machine does not count.
        java.lang.management.ThreadMXBean threads = java.lang.management.ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        for (int run = 0; run < 1_000; run++) {
            shipped.expand(Fixtures.environment("dev"), specs, Files.NONE);
        }
        assertThat((threads.getCurrentThreadCpuTime() - before) / 1_000_000)
                .as("milliseconds")
                .isLessThan(2_000);
    }
}
