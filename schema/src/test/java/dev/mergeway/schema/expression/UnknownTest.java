package dev.mergeway.schema.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.model.Late;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A condition has an answer only where that is the same for whatever a value turns out to be. */
class UnknownTest {
    private static final Late URL = late("${resources.jobs.url}");
    private static final Map<String, Object> SPEC = Map.of(
            "url", URL, "count", 3L, "list", List.of("a", URL), "map", Map.of("k", URL, "z", "v"), "plain", Map.of());

    private static Late late(String text) {
        return new Late.Deferred(text, false, List.of(), live -> "x");
    }

    private static Rules.Result answer(String condition) {
        Rules.Rule rule = (Rules.Rule) new Rules(List.of("spec")).condition(condition);
        return rule.evaluate(Map.of("spec", SPEC));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec.url == 'x'",
                "'x' != spec.url",
                "spec.url < 'x'",
                "spec.url > 5",
                "int(spec.url) == 5",
                "spec.url.sub == 'x'",
                "spec.url[0] == 'x'",
                "!spec.url.endsWith('x')",
                "!spec.url.matches('x')",
                "spec.url.lowerAscii() != 'x'",
                "(spec.url + 'x') != 'x'",
                "size(spec.url) == 2",
                "type(spec.url) == string",
                "hash(spec.url) != 'x'",
                "json(spec) != 'x'",
                "dns(spec.url) != 'x'",
                "!(spec.url in ['x'])",
                "!(spec.url in {'x': 1})",
                "!has({'x': 1}.x) || !({'x': 1}[?spec.url].hasValue())",
                "!('x' in spec.list)",
                "!('x' in [spec.url])",
                "spec.list != ['a', 'x']",
                "{'k': 'x', 'z': 'v'} != spec.map",
                "spec.map != {'k': 'x', 'z': 'v'}",
                "[[spec.url]] != [['x']]",
                "!spec.list.exists(i, i == 'x')",
                "spec.list.all(i, i != 'x')",
                "spec.map.all(k, spec.map[k] != 'x')",
                "spec.map.all(k, v, v != 'x')",
                "spec.list.filter(i, i == 'x') == []",
                "spec.list.filter(i, true) != ['a', 'x']",
                "spec.list.map(i, i) != ['a', 'x']",
                "!spec.list.exists_one(i, i == 'x')",
                "sets.intersects(spec.list, ['x']) == false",
                "cel.bind(u, spec.url, u != 'x')",
                "(spec.count > 1 ? spec.url : 'y') != 'x'",
                "spec.?url.orValue('') != 'x'",
                "spec.?url != optional.of('x')",
                "spec.url != 'x' && spec.count == 3",
                "spec.url",
            })
    void dependsOnIt(String condition) {
        assertThat(answer(condition))
                .isInstanceOfSatisfying(
                        Rules.Failed.class,
                        failed -> assertThat(failed.message())
                                .contains(
                                        "${resources.jobs.url}",
                                        "known only once it has been made",
                                        "Write the value itself"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "has(spec.url)",
                "spec.?url.hasValue()",
                "spec.count == 3",
                "spec.url == 'x' || spec.count == 3",
                "!(spec.url == 'x' && spec.count == 4)",
                "spec.list[0] == 'a'",
                "spec.list.exists(i, i == 'a')",
                "size(spec.list) == 2 && spec.map.size() == 2",
                "'k' in spec.map",
                "spec.map.z == 'v'",
                "spec != null && null != spec.map",
                "spec.plain == {}",
                "spec.list.map(i, i).size() == 2",
            })
    void doesNotDependOnIt(String condition) {
        assertThat(answer(condition)).isEqualTo(new Rules.Answer(true));
    }
}
