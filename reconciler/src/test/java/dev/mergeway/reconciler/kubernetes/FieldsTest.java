package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.FieldChange;
import dev.mergeway.reconciler.resource.Look;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.SpecKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldsTest {
    private static Map<String, Object> json(String text) throws Exception {
        return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> owned(String fields, String rest) throws Exception {
        return json(
                "{'metadata': {'managedFields': [{'manager': 'mergeway', 'operation': 'Apply', 'fieldsV1': " + fields
                        + "}, {'manager': 'kubectl', 'operation': 'Update', 'fieldsV1': {'f:spec': {'f:theirs': {}}}}]}, "
                        + rest + "}");
    }

    private static Desired desired(Map<String, Object> body, Set<String> sensitive) {
        ResourceKey key = new ResourceKey("kubernetes", "test", "apps/v1/Deployment", "ns", "web");
        Ownership owner = new Ownership("shop", new SpecKey("env", "Deployment", "web"), false);
        return new Desired(key, owner, body, Map.of(), sensitive);
    }

    @Test
    void seesOnlyOurFields() throws Exception {
        String fields =
                "{'f:spec': {'f:a': {}, 'f:list': {'k:{\\'name\\':\\'x\\'}': {'.': {}, 'f:name': {}, 'f:v': {}}}}}"
                        .replace("\\'", "\\\"");
        Map<String, Object> live = owned(
                fields, "'spec': {'a': 1, 'theirs': 1, 'list': [{'name': 'other', 'v': 1}, {'name': 'x', 'v': 1}]}");
        Map<String, Object> result = owned(
                fields, "'spec': {'a': 1, 'theirs': 2, 'list': [{'name': 'x', 'v': 2}, {'name': 'other', 'v': 3}]}");
        Map<String, Object> body = json("{'spec': {'a': 1, 'list': [{'name': 'x', 'v': 2}]}}");

        assertThat(Fields.between(desired(body, Set.of()), live, result))
                .containsExactly(new FieldChange("/spec/list/0/v", 1L, 2L, false));
    }

    @Test
    void showsWhatWeGiveUpOnlyWhereItGoes() throws Exception {
        Map<String, Object> live =
                owned("{'f:spec': {'f:a': {}, 'f:b': {}, 'f:c': {}}}", "'spec': {'a': 1, 'b': 1, 'c': 1}");
        Map<String, Object> result = owned("{'f:spec': {'f:a': {}}}", "'spec': {'a': 1, 'c': 1}");

        assertThat(Fields.between(desired(json("{'spec': {'a': 1}}"), Set.of()), live, result))
                .as("b goes, c is kept by somebody else or is a default")
                .containsExactly(new FieldChange("/spec/b", 1L, null, false));
    }

    @Test
    void hidesWhatIsSensitive() throws Exception {
        Map<String, Object> live = owned("{'f:spec': {'f:password': {}}}", "'spec': {'password': 'old'}");
        Map<String, Object> result = owned("{'f:spec': {'f:password': {}}}", "'spec': {'password': 'new'}");
        List<FieldChange> changes =
                Fields.between(desired(json("{'spec': {'password': 'new'}}"), Set.of("/spec/password")), live, result);
        assertThat(changes).containsExactly(new FieldChange("/spec/password", null, null, true));
    }

    @Test
    void showsAddedElementsWithoutTheirDefaults() throws Exception {
        String none = "{'f:spec': {'f:a': {}}}";
        String some = "{'f:spec': {'f:a': {}, 'f:list': {'k:{\\'name\\':\\'x\\'}': {'.': {}, 'f:name': {}}}}}"
                .replace("\\'", "\\\"");
        Map<String, Object> live = owned(none, "'spec': {'a': 1}");
        Map<String, Object> result = owned(some, "'spec': {'a': 1, 'list': [{'name': 'x', 'policy': 'Always'}]}");
        Map<String, Object> body = json("{'spec': {'a': 1, 'list': [{'name': 'x'}]}}");
        assertThat(Fields.between(desired(body, Set.of()), live, result))
                .containsExactly(new FieldChange("/spec/list/0", null, Map.of("name", "x"), false));
    }

    @Test
    void nothingIsOursWhereWeNeverApplied() throws Exception {
        assertThat(FieldSet.ours(json("{'metadata': {'managedFields': [{'manager': 'mergeway', 'operation': 'Update',"
                        + " 'fieldsV1': {'f:data': {}}}]}}")))
                .isEqualTo(FieldSet.EMPTY);
        assertThat(Look.map(json("{}"), "metadata")).isEmpty();
    }
}
