package dev.mergeway.reconciler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Notice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer says beside what changes. */
class NoticesTest {
    /** The body with everything in it owned by us, maps by field and lists as wholes, but lists of named elements. */
    private static Map<String, Object> owned(String fields, Map<String, Object> body) throws Exception {
        Map<String, Object> copy = new java.util.LinkedHashMap<>(body);
        Map<String, Object> entry =
                Map.of("manager", "mergeway", "operation", "Apply", "fieldsV1", json("{'f:spec': " + fields + "}"));
        copy.put("metadata", Map.of("managedFields", List.of(entry)));
        return copy;
    }

    private static Map<String, Object> json(String text) throws Exception {
        return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Desired desired(String spec, Set<String> sensitive) throws Exception {
        Desired one = Wanted.one("env", "{apiVersion: v1, kind: Thing, metadata: {name: one, namespace: NS}}");
        Map<String, Object> body = new java.util.LinkedHashMap<>(one.body());
        body.putAll(json("{'spec': " + spec + "}"));
        return new Desired(one.key(), one.owner(), body, Map.of(), sensitive);
    }

    private static List<Notice> mutations(String fields, String wanted, String made) throws Exception {
        return Mutations.of(desired(wanted, Set.of()), owned(fields, json("{'spec': " + made + "}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'a': 1}         | {'a': 1}",
                "{'a': 1}         | {'a': 1, 'b': 2}",
                "{'a': 1}         | {'a': 1.0}",
                "{'resources': {'requests': {'cpu': '0.5'}}} | {'resources': {'requests': {'cpu': '500m'}}}",
                "{'a': ''}        | {}",
                "{'a': {'b': []}} | {}",
                "{'a': false}     | {}",
                "{'a': null}      | {'a': 'default'}",
                "{'ref': {'fieldPath': 'x'}} | {'ref': {'apiVersion': 'v1', 'fieldPath': 'x'}}",
                "{'a': [{'port': 80}]} | {'a': [{'port': 80, 'protocol': 'TCP'}]}",
            })
    void whatTheServerAddsOrWritesOtherwiseIsNoChange(String wanted, String made) throws Exception {
        String fields = "{'f:a': {}, 'f:resources': {'f:requests': {'f:cpu': {}}}, 'f:ref': {}}";
        assertThat(mutations(fields, wanted, made)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'a': 1}         | {'a': 2}         | /spec/a   | will change spec.a from 1 to 2",
                "{'a': 'x'}       | {}               | /spec/a   | will remove spec.a",
                "{'a': true}      | {'a': false}     | /spec/a   | will change spec.a from true to false",
                "{'a': 'x'}       | {'a': ''}        | /spec/a   | will change spec.a from x to an empty text",
                "{'a': {'b': 1}}  | {'a': {'b': 2}}  | /spec/a/b | will change spec.a.b from 1 to 2",
                "{'a': [1, 2]}    | {'a': [1, 3]}    | /spec/a/1 | will change spec.a[1] from 2 to 3",
                "{'a': [1]}       | {'a': [1, 2]}    | /spec/a   | will change spec.a from 1 element to 2 elements",
            })
    void aFieldOfOursWithAnotherValueIsTold(String wanted, String made, String pointer, String words) throws Exception {
        assertThat(mutations("{'f:a': {}}", wanted, made))
                .containsExactly(new Notice("target/admission", pointer, "the cluster " + words + " (admission)"));
    }

    @Test
    void elementsAreKnownByTheirMergeKeys() throws Exception {
        String fields =
                "{'f:list': {'k:{#name#:#x#}': {'f:name': {}, 'f:image': {}}, 'k:{#name#:#y#}': {'f:name': {}}}}"
                        .replace("#", "\\\"");
        assertThat(mutations(
                        fields,
                        "{'list': [{'name': 'x', 'image': 'a:1'}, {'name': 'y'}]}",
                        "{'list': [{'name': 'injected'}, {'name': 'x', 'image': 'mirror/a:1'}]}"))
                .extracting(Notice::pointer, Notice::message)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                "/spec/list/0/image",
                                "the cluster will change spec.list[0].image from a:1 to mirror/a:1 (admission)"),
                        org.assertj.core.groups.Tuple.tuple(
                                "/spec/list/1", "the cluster will remove spec.list[1] (admission)"));
    }

    @Test
    void hiddenValuesStayHiddenInChangesAndInWarnings() throws Exception {
        Desired secret = desired("{'a': 'correct horse', 'b': 'x'}", Set.of("/spec/a"));
        Map<String, Object> made = owned("{'f:a': {}, 'f:b': {}}", json("{'spec': {'a': 'battery', 'b': 'x'}}"));
        Reply reply = new Reply(200, made, Duration.ZERO, List.of("'correct horse' is weak"), "");
        assertThat(Notices.of(secret, reply))
                .containsExactly(
                        new Notice("target/warning", "", "the cluster warns: '•••' is weak"),
                        new Notice("target/admission", "/spec/a", "the cluster will change spec.a (admission)"));
    }

    @Test
    void manyAndLongOnesAreCut() throws Exception {
        String wanted = "{'a': [0,0,0,0,0,0,0,0,0]}";
        List<Notice> notices = mutations("{'f:a': {}}", wanted, wanted.replace('0', '1'));
        assertThat(notices).hasSize(6);
        assertThat(notices.getLast().message()).isEqualTo("the cluster will change 4 more of its fields (admission)");
        Reply reply = new Reply(200, Map.of(), Duration.ZERO, List.of("w".repeat(5_000)), "");
        assertThat(Notices.of(desired("{}", Set.of()), reply).getFirst().message())
                .hasSizeLessThan(450)
                .endsWith("…");
    }

    @Test
    void headersAreReadAsTheyAreWritten() {
        assertThat(Warnings.of(List.of(
                        "299 - \"a \\\"quoted\\\" word\", 299 kube \"second\"",
                        "299 - \"second\"",
                        "199 - \"stale\"",
                        "nonsense",
                        "299 - \"open",
                        "299 - \"\"")))
                .containsExactly("a \"quoted\" word", "second");
        assertThat(Warnings.of(java.util.stream.IntStream.range(0, 100)
                        .mapToObj(number -> "299 - \"" + number + "\"")
                        .toList()))
                .hasSize(10);
    }
}
