package dev.mergeway.reconciler.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.policy.Verdict;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.FieldChange;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlanJsonTest {
    private static final Plan PLAN = Plans.plan(
            List.of(Plans.finding("'main' has no field 'imag'.")),
            List.of(
                    Plans.step(
                            Action.UPDATE,
                            Plans.DEPLOYMENT,
                            "checkout.yaml",
                            new FieldChange("/spec/replicas", 1L, 2L, false),
                            new FieldChange("/spec/token", null, null, true)),
                    Plans.step(Action.DELETE, Plans.CLAIM, "")));

    @Test
    void isExactlyWhatTheContractSays() {
        assertThat(PlanJson.write(PLAN, Verdict.INVALID))
                .isEqualTo("{\"repository\":\"shop\",\"pull\":12,\"base\":\"" + "b".repeat(40) + "\",\"head\":\""
                        + "a".repeat(40) + "\",\"merge\":\"" + "c".repeat(40) + "\",\"hash\":\"" + PLAN.hash()
                        + "\",\"environments\":[\"shop-dev\"],\"findings\":[{\"file\":\"cart.yaml\",\"line\":7,\"column\":5,"
                        + "\"pointer\":\"/spec/imag\",\"rule\":\"schema/unknown-field\",\"severity\":\"error\","
                        + "\"message\":\"'main' has no field 'imag'.\",\"hint\":\"Did you mean 'image'?\"}],"
                        + "\"steps\":[{\"action\":\"update\",\"resource\":{\"provider\":\"kubernetes\",\"target\":\"dev\","
                        + "\"type\":\"apps/v1/Deployment\",\"namespace\":\"shop-dev\",\"name\":\"checkout\"},"
                        + "\"environment\":\"shop-dev\",\"spec\":{\"file\":\"checkout.yaml\",\"line\":3},"
                        + "\"fields\":[{\"pointer\":\"/spec/replicas\",\"before\":1,\"after\":2,\"sensitive\":false},"
                        + "{\"pointer\":\"/spec/token\",\"before\":null,\"after\":null,\"sensitive\":true}],"
                        + "\"requires\":[],\"dependsOn\":[{\"provider\":\"kubernetes\",\"target\":\"dev\","
                        + "\"type\":\"v1/Service\",\"namespace\":\"shop-dev\",\"name\":\"checkout\"}]},"
                        + "{\"action\":\"delete\",\"resource\":{\"provider\":\"kubernetes\",\"target\":\"dev\","
                        + "\"type\":\"v1/PersistentVolumeClaim\",\"namespace\":\"shop-dev\",\"name\":\"db-data\"},"
                        + "\"environment\":\"shop-dev\",\"spec\":null,\"fields\":[],\"requires\":[\"approval\"],"
                        + "\"dependsOn\":[]}],"
                        + "\"summary\":{\"create\":0,\"update\":1,\"replace\":0,\"delete\":1,\"unchanged\":0},"
                        + "\"verdict\":\"invalid\"}");
    }

    @Test
    void followsThePublishedSchema() throws IOException {
        JsonMapper mapper = JsonMapper.shared();
        try (InputStream published = PlanJsonTest.class.getResourceAsStream("/schemas/plan.schema.json")) {
            assumeTrue(published != null, "the schema of the plan is not part of this checkout yet");
            JsonNode schema = mapper.readTree(published);
            holds(schema, schema, mapper.readTree(PlanJson.write(PLAN, Verdict.READY)), "");
        }
    }

    /** As much of JSON Schema as that schema uses; a keyword that it does not know fails the test. */
    private static void holds(JsonNode root, JsonNode schema, JsonNode value, String at) {
        for (String keyword : schema.propertyNames()) {
            JsonNode rule = schema.get(keyword);
            boolean right = switch (keyword) {
                case "$schema", "$id", "$defs", "title", "description", "examples", "default", "items", "properties" ->
                    true;
                case "$ref" -> {
                    holds(root, root.at(rule.stringValue().substring(1)), value, at);
                    yield true;
                }
                case "type" ->
                    rule.isArray()
                            ? rule.valueStream().anyMatch(type -> isA(value, type.stringValue()))
                            : isA(value, rule.stringValue());
                case "required" ->
                    !value.isObject() || rule.valueStream().allMatch(name -> value.has(name.stringValue()));
                case "additionalProperties" ->
                    !value.isObject() || value.propertyNames().stream().allMatch(schema.get("properties")::has);
                case "enum" -> rule.valueStream().anyMatch(value::equals);
                case "minimum" -> value.longValue() >= rule.longValue();
                case "pattern" -> value.stringValue().matches(rule.stringValue());
                case "anyOf" -> rule.valueStream().anyMatch(one -> allows(root, one, value));
                default -> false;
            };
            assertThat(right).as("%s of %s: %s", keyword, at, value).isTrue();
        }
        if (value.isObject() && schema.has("properties")) {
            value.properties().stream()
                    .filter(property -> schema.get("properties").has(property.getKey()))
                    .forEach(property -> holds(
                            root,
                            schema.get("properties").get(property.getKey()),
                            property.getValue(),
                            at + "/" + property.getKey()));
        }
        if (value.isArray() && schema.has("items")) {
            value.forEach(element -> holds(root, schema.get("items"), element, at + "/-"));
        }
    }

    private static boolean allows(JsonNode root, JsonNode schema, JsonNode value) {
        try {
            holds(root, schema, value, "");
            return true;
        } catch (AssertionError refused) {
            return false;
        }
    }

    private static boolean isA(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }
}
