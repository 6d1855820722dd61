package dev.mergeway.schema.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplateTest {
    private static final ExpressionCompiler COMPILER = new ExpressionCompiler(List.of("x"));

    private final List<Template.Problem> problems = new ArrayList<>();

    private @Nullable Object render(Object tree) {
        Template template = Template.compile(tree, "/body", COMPILER, problems);
        return template.render(new Over(Map.of("x", 2L)), "");
    }

    private final class Over implements Template.Evaluator {
        private final Map<String, Object> variables;

        Over(Map<String, Object> variables) {
            this.variables = variables;
        }

        @Override
        public @Nullable Object evaluate(Expression expression, String pointer, String at) {
            try {
                return expression.evaluate(variables, Scope.empty());
            } catch (ExpressionException failed) {
                problem(pointer, String.valueOf(failed.getMessage()));
                return Values.OMIT;
            }
        }

        @Override
        public void problem(String pointer, String message) {
            problems.add(new Template.Problem(pointer, message));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    plain                   | plain
                    a ${x} b ${x + 1}       | a 2 b 3
                    $${x}                   | ${x}
                    $x and $$               | $x and $$
                    ${'}'}                  | }
                    ${{'a': {'b': x}}}      | {a={b=2}}
                    ${'it\\'s'}!            | it's!
                    cost: $${1} ${x}        | cost: ${1} 2
                    """)
    void textsWithExpressions(String text, String expected) {
        assertThat(String.valueOf(render(text))).isEqualTo(expected);
        assertThat(problems).isEmpty();
    }

    @Test
    void aWholeExpressionKeepsItsType() {
        assertThat(render("${x * 2}")).isEqualTo(4L);
        assertThat(render("${x} ")).isEqualTo("2 ");
        assertThat(render("${null}")).isNull();
    }

    @Test
    void entriesAreLeftOut() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kept", "${x}");
        tree.put("gone", "${omit()}");
        tree.put("list", List.of("a", "${omit()}", "${x}"));
        tree.put("escaped", Map.of("k", "$${k}"));
        assertThat(render(tree))
                .isEqualTo(Map.of("kept", 2L, "list", List.of("a", 2L), "escaped", Map.of("k", "${k}")));
    }

    @Test
    void problemsSayWhere() {
        render(Map.of("a", List.of("ok", "${x +}"), "b/c", "${open"));
        assertThat(problems.stream().map(Template.Problem::pointer))
                .containsExactlyInAnyOrder("/body/a/1", "/body/b~1c");
        problems.clear();
        render(Map.of("a", "text ${[x]}"));
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().message()).contains("json(");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ${resources.my-db.host}     | [my-db/host]
                    a${resources.a.b}c          | a[a/b]c
                    $${resources.a.b}           | ${resources.a.b}
                    $$                          | $
                    $ 5 and ${open              | $ 5 and ${open
                    ${metadata.annotations.a\\.b} | [annotations/a.b]
                    """)
    void placeholders(String text, String expected) {
        StringBuilder shown = new StringBuilder();
        for (Placeholders.Part part : Placeholders.parse(text)) {
            shown.append(
                    switch (part) {
                        case Placeholders.Literal literal -> literal.text();
                        case Placeholders.Reference reference ->
                            "["
                                    + String.join(
                                            "/",
                                            reference
                                                    .path()
                                                    .subList(1, reference.path().size())) + "]";
                    });
        }
        assertThat(shown.toString()).isEqualTo(expected);
    }
}
