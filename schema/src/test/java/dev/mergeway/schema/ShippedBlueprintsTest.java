package dev.mergeway.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.model.Blueprint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The blueprints that come with Mergeway: found, explained, priced. */
class ShippedBlueprintsTest {
    static Stream<String> names() {
        return Catalogue.shipped().blueprints().stream().map(Blueprint::name);
    }

    @Test
    void theIndexNamesEveryFile() throws IOException {
        try (Stream<Path> files = Files.list(SharedData.checkout("schema/src/main/resources/blueprints"))) {
            assertThat(resource("blueprints/index.txt").lines())
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(SpecReader::isSpecFile)
                                    .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "service, default",
        "dns, default",
        "route, default",
        "volume, default",
        "queue, default",
        "redis, default",
        "redis, small",
        "postgres, default",
        "postgres, small",
        "mysql, default",
        "mysql, small",
        "amqp, default",
        "amqp, small"
    })
    void everyPromisedTypeIsThere(String type, String clazz) {
        assertThat(Catalogue.shipped().ofType(type, clazz)).isPresent();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyBlueprintIsProven(String name) {
        assertThat(Catalogue.empty().with(List.of(blueprint(name))).findings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyParameterIsExplainedWithAnExample(String name) {
        Blueprint blueprint = blueprint(name);
        assertThat(blueprint.examples()).isNotEmpty();
        assertThat(blueprint.parameters().get("description")).isInstanceOf(String.class);
        List<String> silent = new ArrayList<>();
        collectSilent(blueprint.parameters(), "", silent);
        assertThat(silent).isEmpty();
    }

    /** Pointers of the parameters without a description or an example. */
    private static void collectSilent(Map<?, ?> schema, String pointer, List<String> silent) {
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, property) -> {
                Map<?, ?> one = (Map<?, ?>) property;
                String at = pointer + "/" + name;
                if (!one.containsKey("description") || !one.containsKey("examples")) {
                    silent.add(at);
                }
                collectSilent(one, at, silent);
            });
        }
        if (schema.get("additionalProperties") instanceof Map<?, ?> values) {
            collectSilent(values, pointer + "/*", silent);
        }
        if (schema.get("items") instanceof Map<?, ?> items) {
            collectSilent(items, pointer + "/*", silent);
        }
    }

    @ParameterizedTest
    @CsvSource({"redis", "postgres", "mysql", "amqp", "volume", "queue"})
    void whatCostsMoneyHasAPrice(String name) {
        assertThat(blueprint(name).monthlyUsd()).isNotBlank();
    }

    private static Blueprint blueprint(String name) {
        return Catalogue.shipped().blueprints().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String resource(String name) {
        try (InputStream in = ShippedBlueprintsTest.class.getClassLoader().getResourceAsStream(name)) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
