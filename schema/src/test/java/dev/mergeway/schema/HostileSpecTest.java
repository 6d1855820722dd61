package dev.mergeway.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.blueprint.Fixtures;
import dev.mergeway.schema.model.Expansion;
import dev.mergeway.schema.model.Files;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Spec;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs that are made to take the time of whoever reads them. */
final class HostileSpecTest {
    private final Expander expander = new Expander(Fixtures.catalogue());

    private Expansion expand(String variables) {
        List<Spec> specs = Fixtures.specs("web.yaml", """
                kind: Web
                metadata: { name: a, annotations: { owner: me } }
                spec:
                  containers: { main: { image: i, variables: { VARIABLES } } }
                  resources: { db: { type: database }, other: { type: database } }
                """.replace("VARIABLES", variables));
        return expander.expand(Fixtures.environment("dev"), specs, Files.NONE);
    }

    private static String variables(int count, String value) {
        return IntStream.range(0, count)
                .mapToObj(each -> "V" + each + ": '" + value.replace("#", Integer.toString(each)) + "'")
                .collect(Collectors.joining(", "));
    }

    /** One file of 1 MiB holds some 20,000 of these; each was compared with each other one. */
    @ParameterizedTest
    @ValueSource(strings = {"v#", "v", "# ${metadata.name}", "# ${resources.db.host}"})
    void findingOutWhereAValueComesFromTakesNoSquareOfThem(String value) {
        expand(variables(10, value));
        String many = variables(9_000, value);
        Duration spent = CpuTime.of(() -> assertThat(expand(many).findings()).isEmpty());
        assertThat(spent).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aValueIsStillFoundAmongMany() {
        Expansion expansion = expand(variables(9_000, "v#"));
        assertThat(expansion.resources())
                .filteredOn(resource -> resource.key().kind().equals("Deployment"))
                .singleElement()
                .satisfies(deployment -> assertThat(deployment.provenance())
                        .containsEntry(
                                "/spec/template/spec/containers/0/env/8999/value",
                                "/spec/containers/main/variables/V8999"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"args", "command"})
    void aDeploymentHasAThousandWordsAtMost(String field) {
        assertThat(rules(field + ": [" + "x, ".repeat(1_000) + "]")).isEmpty();
        assertThat(rules(field + ": [" + "x, ".repeat(1_001) + "]")).hasSize(1);
    }

    @Test
    void aDeploymentHasAThousandVariablesAtMost() {
        assertThat(rules("variables: { " + variables(1_000, "v") + " }")).isEmpty();
        assertThat(rules("variables: { " + variables(1_001, "v") + " }")).hasSize(1);
    }

    private static List<String> rules(String field) {
        String spec = """
                apiVersion: mergeway.dev/v1
                kind: Deployment
                metadata: { name: a }
                spec: { containers: { main: { image: "i:1", FIELD } } }
                """.replace("FIELD", field);
        return new SpecReader(Catalogue.shipped())
                .read("a.yaml", spec.getBytes(UTF_8)).findings().stream()
                        .map(Finding::rule)
                        .toList();
    }
}
