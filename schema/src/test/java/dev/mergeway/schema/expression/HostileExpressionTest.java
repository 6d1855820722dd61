package dev.mergeway.schema.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mergeway.schema.CpuTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions whose every value is within its bounds, and that make too much of them. */
final class HostileExpressionTest {
    private static final ExpressionCompiler COMPILER = new ExpressionCompiler(List.of("text", "list", "map"));

    private static @Nullable Object evaluate(String expression) throws ExpressionException {
        List<Long> list = new ArrayList<>();
        Map<String, String> map = new HashMap<>();
        for (long index = 0; index < 10_000; index++) {
            list.add(index);
            map.put("v" + index, "value " + index);
        }
        return COMPILER.compile(expression)
                .evaluate(Map.of("text", "a".repeat(500_000), "list", list, "map", map), Scope.empty());
    }

    /** Lists of ten that hold the one before ten times: a short expression that stands for 10 to the power of levels. */
    private static String shared(int levels, String leaf, String within) {
        StringBuilder expression = new StringBuilder("cel.bind(l0, " + leaf + ", ");
        for (int level = 1; level <= levels; level++) {
            expression.append("cel.bind(l%d, [%s], "
                    .formatted(level, String.join(", ", Collections.nCopies(10, "l" + (level - 1)))));
        }
        return expression + within.replace("#", "l" + levels) + ")".repeat(levels + 1);
    }

    static Stream<String> tooMuch() {
        return Stream.of(
                "lists.range(20000).map(i, text.replace('a', 'b'))",
                "lists.range(20000).map(i, text + 'b').size()",
                "lists.range(20000).map(i, lists.range(20000)).size()",
                "lists.range(20000).map(i, list + list).size()",
                "list.map(i, text)",
                "cel.bind(a, [text, text, text, text, text], cel.bind(b, a + a, size(b + b)))",
                "json(list.map(i, text))",
                "hash(list.map(i, text))",
                shared(8, "1", "{'k': #}"),
                shared(8, "1", "json(#)"),
                shared(8, "1", "hash(#)"),
                shared(8, "1", "secret(#)"),
                shared(8, "1", "#.flatten(9).size()"),
                shared(2, "text", "{'k': #}"));
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void isRefusedBeforeItTakesTheMemory(String expression) {
        Duration spent = CpuTime.of(() -> assertThatThrownBy(() -> evaluate(expression))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("more than"));
        assertThat(spent).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aBigHonestOneIsNot() throws ExpressionException {
        assertThat(evaluate("{'env': map.transformList(k, v, {'name': k, 'value': v.replace('a', 'b') + k})}"))
                .isInstanceOf(Map.class);
        assertThat(evaluate("list.map(i, [text, text].size()).size()")).isEqualTo(10_000L);
        assertThat(evaluate("list.exists(i, (i < 0 ? 'x' : text) == 'y')"))
                .as("a text that is only passed on")
                .isEqualTo(false);
        assertThat(evaluate(shared(4, "1", "{'k': #}"))).isInstanceOf(Map.class);
    }
}
