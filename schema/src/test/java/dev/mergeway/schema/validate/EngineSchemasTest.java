package dev.mergeway.schema.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class EngineSchemasTest {
    static Stream<Map<String, Object>> schemas() {
        return Stream.concat(
                EngineSchemas.KINDS.stream().map(kind -> EngineSchemas.of(kind).orElseThrow()),
                Stream.of(
                        EngineSchemas.finding(),
                        EngineSchemas.plan(),
                        EngineSchemas.document(
                                "Thing",
                                "A thing.",
                                Map.of("type", "object", "description", "The thing.", "examples", List.of(Map.of())))));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void areSchemasOfTheirDraft(Map<String, Object> schema) {
        var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(TreeNodes.json(schema), InputFormat.JSON)).isEmpty();
        assertThat(schema).containsEntry("$schema", "https://json-schema.org/draft/2020-12/schema");
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everyFieldIsDescribedAndHasAnExampleThatIsRight(Map<String, Object> schema) {
        JsonNode root = TreeNodes.node(schema);
        List<String> problems = new ArrayList<>();
        walk(root, root, "", problems);
        assertThat(problems).isEmpty();
    }

    private static void walk(JsonNode root, JsonNode schema, String path, List<String> problems) {
        if (schema.path("type").asString("").equals("object") && schema.has("properties")) {
            boolean open = path.endsWith("/kubernetes") || path.endsWith("/parameters");
            if (!open && !schema.path("additionalProperties").equals(TreeNodes.node(false))) {
                problems.add(path + " takes any field");
            }
        }
        schema.path("properties").properties().forEach(field -> {
            String at = path + "/" + field.getKey();
            if (field.getValue().path("description").asString("").isEmpty()) {
                problems.add(at + " has no description");
            }
            if (field.getValue().path("examples").isMissingNode()) {
                problems.add(at + " has no example");
            }
            examples(root, field.getValue(), at, problems);
            walk(root, field.getValue(), at, problems);
        });
        for (String keyword : List.of("items", "additionalProperties")) {
            if (schema.path(keyword).isObject()) {
                examples(root, schema.path(keyword), path + "/*", problems);
                walk(root, schema.path(keyword), path + "/*", problems);
            }
        }
    }

    private static void examples(JsonNode root, JsonNode schema, String path, List<String> problems) {
        Map<String, Object> alone = new java.util.LinkedHashMap<>(TreeNodes.map(schema));
        if (root.has("$defs")) {
            alone.put("$defs", TreeNodes.map(root.path("$defs")));
        }
        CompiledSchema compiled = CompiledSchema.of(alone);
        schema.path("examples")
                .forEach(example -> compiled.check(
                                TreeNodes.tree(example),
                                (severity, pointer, rule, message, hint) ->
                                        new Finding(severity, path, Position.START, pointer, rule, message, hint))
                        .forEach(finding -> problems.add(path + pointerOf(finding) + ": " + finding.message())));
    }

    private static String pointerOf(Finding finding) {
        return finding.pointer();
    }

    @Test
    void definitionsOfParametersStayReachable() {
        Map<String, Object> parameters = Map.of(
                "type", "object",
                "properties", Map.of("port", Map.of("$ref", "#/$defs/port")),
                "$defs", Map.of("port", Map.of("type", "integer")));
        CompiledSchema schema = CompiledSchema.of(EngineSchemas.document("Thing", "A thing.", parameters));
        Map<String, Object> document = Map.of(
                "apiVersion",
                "mergeway.dev/v1",
                "kind",
                "Thing",
                "metadata",
                Map.of("name", "a"),
                "spec",
                Map.of("port", "x"));
        assertThat(schema.check(
                        document,
                        (severity, pointer, rule, message, hint) ->
                                new Finding(severity, "a", Position.START, pointer, rule, message, hint)))
                .map(Finding::pointer)
                .containsExactly("/spec/port");
    }
}
