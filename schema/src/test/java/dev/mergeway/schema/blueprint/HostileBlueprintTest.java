package dev.mergeway.schema.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.CpuTime;
import dev.mergeway.schema.model.Finding;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Blueprints that are made to take the time or memory of whoever proves them. */
final class HostileBlueprintTest {
    private static final String NOTHING =
            "{ cm: { kubernetes: { apiVersion: v1, kind: ConfigMap," + " metadata: { name: '${metadata.name}' } } } }";

    /** So that starting CEL is not measured. */
    @BeforeAll
    static void warm() {
        prove("{}", "{}", NOTHING);
    }

    private static List<Finding> prove(String properties, String definitions, String resources) {
        return Fixtures.findings("""
                kind: Blueprint
                metadata: { name: bomb }
                spec:
                  provides: { kind: Bomb }
                  parameters: { type: object, additionalProperties: false, properties: %s, $defs: %s }
                  resources: %s
                  examples: [ { params: {} } ]
                """.formatted(properties, definitions, resources));
    }

    private static String fields(int count, String schema) {
        return IntStream.range(0, count)
                .mapToObj(each -> "p" + each + ": " + schema)
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String reference(String name) {
        return "{ $ref: '#/$defs/" + name + "' }";
    }

    private static String object(String properties) {
        return "{ type: object, description: n, default: {}, properties: " + properties + " }";
    }

    static Stream<Arguments> endless() {
        String levels = IntStream.range(0, 20)
                .mapToObj(level -> "n" + level + ": " + object(fields(2, reference("n" + (level + 1)))))
                .collect(Collectors.joining(", ", "{ ", ", n20: { type: string, default: a } }"));
        String self = reference("n");
        return Stream.of(
                Arguments.of(
                        "{ a: " + self + " }",
                        "{ n: " + object(fields(2, self)) + " }",
                        "/parameters/$defs/n/properties/p0/$ref",
                        "leads back"),
                Arguments.of(
                        fields(40, self),
                        "{ n: { type: object, properties: " + fields(40, self) + " } }",
                        "/parameters/$defs/n/properties/p0/$ref",
                        "leads back"),
                Arguments.of("{ a: " + reference("n0") + " }", levels, "", "10000 fields"));
    }

    @ParameterizedTest
    @MethodSource("endless")
    void parametersWithoutEndAreRefused(String properties, String definitions, String pointer, String message) {
        Duration spent = CpuTime.of(() -> assertThat(prove(properties, definitions, NOTHING))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo("blueprint/parameters");
                    assertThat(finding.pointer()).endsWith(pointer);
                    assertThat(finding.message()).contains(message);
                }));
        assertThat(spent).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aSchemaMayBeReferredToAgainAndAgain() {
        assertThat(prove(fields(20, reference("n")), "{ n: { type: string, default: a, description: n } }", NOTHING))
                .isEmpty();
    }
}
