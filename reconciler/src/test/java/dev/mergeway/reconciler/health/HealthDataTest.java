package dev.mergeway.reconciler.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Observation;
import dev.mergeway.schema.model.ResourceKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Every object of the shared health data gets the status that operators expect, but for those listed with the reason why. */
class HealthDataTest {
    private static final int FILES_AT_LEAST = 500;

    @Test
    void judgesAsExpectedButWhereListed() throws IOException {
        Map<String, Object> listed = differs();
        Map<String, String> found = new TreeMap<>();
        Map<String, String> expected = new TreeMap<>();
        List<Case> cases = cases();
        for (Case one : cases) {
            Map<String, Object> differs = Look.map(listed, one.name());
            expected.put(one.name(), differs.isEmpty() ? one.status() : Look.text(differs, "status"));
            found.put(one.name(), HealthRules.judge(one.observation()).status().label());
        }
        assertThat(cases).hasSizeGreaterThan(FILES_AT_LEAST);
        assertThat(found).containsExactlyEntriesOf(expected);
    }

    @Test
    void listsNothingThatIsJudgedAsExpected() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        cases().forEach(one -> expected.put(one.name(), one.status()));
        assertThat(differs()).allSatisfy((name, differs) -> {
            assertThat(expected).containsKey(name);
            assertThat(expected.get(name)).isNotEqualTo(Look.text(differs, "status"));
            assertThat(Look.text(differs, "why")).isNotBlank();
        });
    }

    private record Case(String name, String status, Observation observation) {}

    private static List<Case> cases() throws IOException {
        Path data = data();
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(path -> path.endsWith("health_test.yaml"))
                    .sorted()
                    .toList()) {
                for (Map<String, Object> test : Look.maps(yaml(file), "tests")) {
                    Path input = Objects.requireNonNull(file.getParent()).resolve(Look.text(test, "inputPath"));
                    String name = data.relativize(input).toString();
                    cases.add(new Case(name, Look.text(test, "healthStatus", "status"), observation(yaml(input))));
                }
            }
        }
        return cases;
    }

    private static Observation observation(Map<String, Object> body) {
        String type = Look.text(body, "apiVersion") + "/" + Look.text(body, "kind");
        ResourceKey key = new ResourceKey("kubernetes", "test", type, "", Look.text(body, "metadata", "name"));
        return new Observation(new Live(key, body, ""), List.of());
    }

    private static Map<String, Object> differs() throws IOException {
        try (InputStream file = HealthDataTest.class.getResourceAsStream("differs.yaml")) {
            Load load = new Load(LoadSettings.builder().build());
            return Look.map(load.loadFromInputStream(Objects.requireNonNull(file)));
        }
    }

    private static Map<String, Object> yaml(Path file) throws IOException {
        return Look.map(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
    }

    private static Path data() {
        Optional<Path> data =
                Optional.ofNullable(System.getenv("MERGEWAY_SHARED_DATA")).map(folder -> Path.of(folder, "health"));
        for (Path here = Path.of("").toAbsolutePath(); here != null && data.isEmpty(); here = here.getParent()) {
            data = Optional.of(here.resolve("shared/data/health")).filter(Files::isDirectory);
        }
        Assumptions.assumeTrue(data.isPresent(), "no shared health data beside the checkout");
        return data.orElseThrow();
    }
}
