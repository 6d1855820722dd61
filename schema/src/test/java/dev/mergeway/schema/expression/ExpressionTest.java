package dev.mergeway.schema.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mergeway.schema.model.Late;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpressionTest {
    private static final ExpressionCompiler COMPILER = new ExpressionCompiler(List.of("params", "name"));

    private final Markers markers = new Markers();
    private final Scope scope = new Scope(
            markers,
            path -> path.equals("a.txt") ? Optional.of("héllo".getBytes(StandardCharsets.UTF_8)) : Optional.empty());

    private @Nullable Object evaluate(String text) throws ExpressionException {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("count", 3L);
        params.put("nothing", null);
        params.put("ports", new LinkedHashMap<>(Map.of("web", 80L)));
        params.put("late", new Late.Deferred("${q.Url}", false, List.of(), live -> "https://q\""));
        params.put("hidden", new Late.Deferred("${db.password}", true, List.of(), live -> "s3cret"));
        Map<String, Object> variables = new HashMap<>();
        variables.put("params", Values.toCel(params, markers));
        variables.put("name", "cart");
        return COMPILER.compile(text).evaluate(variables, scope);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    params.count * 2                            | 6
                    name + '-' + string(params.count)           | cart-3
                    params.nothing == null                      | true
                    has(params.absent)                          | false
                    params.?absent.orValue('x')                 | x
                    params.ports.transformList(n, p, n + ':' + string(p)) | [web:80]
                    ['a', 'b'].join('-')                        | a-b
                    'a.b'.replace('.', '-')                     | a-b
                    math.greatest(1, params.count)              | 3
                    [3, 1, 2].sort()                            | [1, 2, 3]
                    lists.range(3)                              | [0, 1, 2]
                    {'a': 1, 'b': omit()}                       | {a=1}
                    [1, omit(), 3]                              | [1, 3]
                    base64('hi')                                | aGk=
                    dns('My_App!')                              | my-app
                    json({'a': [1, true, null, 'x"']})          | {"a":[1,true,null,"x\\""]}
                    file('a.txt')                               | héllo
                    fileBase64('a.txt')                         | aMOpbGxv
                    secret(params.hidden)                       | true
                    secret({'a': [params.hidden + 'x']})        | true
                    secret(params.late)                         | false
                    hash({'a': 1, 'b': 2}) == hash({'b': 2, 'a': 1}) | true
                    cel.bind(x, name, x + x)                    | cartcart
                    """)
    void evaluates(String text, String expected) throws ExpressionException {
        assertThat(String.valueOf(evaluate(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    params.absent                   | there is no 'absent' here
                    params.count + 'x'              | '+' does not fit the types of its values
                    params.ports.web.x              | Field selections must be performed on messages or maps
                    random(4)                       | 8 to 128
                    file('missing')                 | there is no file 'missing'
                    lists.range(100000000)          | goes to at most
                    lists.range(15000).map(x, lists.range(15000).map(y, x)) | too many steps
                    base64(random(20))              | cannot take random
                    type(params)                    | of a kind that no field can hold
                    [1][5]                          | out of bounds
                    """)
    void failsInPlainWords(String text, String expected) {
        assertThatThrownBy(() -> evaluate(text))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    parms.count          | nothing is called 'parms' here; known: name, params
                    params.count +       | mismatched input
                    nofunction(1)        | nothing is called 'nofunction' here
                    """)
    void refusesWhatIsNoExpression(String text, String expected) {
        assertThatThrownBy(() -> COMPILER.compile(text))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void doublingTextsIsStopped() {
        StringBuilder text = new StringBuilder("['xxxxxxxxxxxxxxxx']");
        for (int step = 0; step < 60; step++) {
            text.append(".map(a, a+a)");
        }
        assertThatThrownBy(() -> evaluate(text.toString())).isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> evaluate(text.toString().replace("a+a", "a.replace('x',a)")))
                .isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> evaluate(text.toString().replace("a+a", "[a,a,a,a].join('')")))
                .isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> COMPILER.compile("1" + " + 1".repeat(3_000))).isInstanceOf(ExpressionException.class);
    }

    @Test
    void saysWhatItReads() throws ExpressionException {
        Expression expression = COMPILER.compile("params.a.b + params['c'].map(x, x.d + name)[0]");
        assertThat(expression.names()).containsExactlyInAnyOrder("params", "name");
        assertThat(expression.paths()).contains(List.of("params", "a", "b"), List.of("params", "c"), List.of("name"));
    }

    @Test
    void lateValuesFlowThroughTexts() throws Exception {
        Object text = evaluate("'<' + params.late + '|' + params.hidden + '>'");
        Late.Deferred composed = (Late.Deferred) markers.reveal(String.valueOf(text));
        assertThat(composed.text()).isEqualTo("<${q.Url}|${db.password}>");
        assertThat(composed.secret()).isTrue();
        assertThat(composed.resolver().resolve(Map.of())).isEqualTo("<https://q\"|s3cret>");
    }

    @Test
    void aLateValueAloneIsItself() throws Exception {
        assertThat(markers.reveal(String.valueOf(evaluate("params.hidden")))).isInstanceOf(Late.Deferred.class);
        assertThat(markers.reveal(String.valueOf(evaluate("random(20)")))).isEqualTo(new Late.Generated(20));
        assertThat(markers.reveal("plain")).isEqualTo("plain");
    }

    @Test
    void derivedLateValuesAreWorkedOutOnTheRealOnes() throws Exception {
        assertThat(resolved("base64(params.hidden)")).isEqualTo("czNjcmV0");
        assertThat(resolved("json({'u': params.late})")).isEqualTo("{\"u\":\"https://q\\\"\"}");
        assertThat(resolved("dns(params.late)")).isEqualTo("https-q");
        assertThat(((Late) markers.reveal(String.valueOf(evaluate("base64(params.hidden)")))).secret())
                .isTrue();
    }

    private @Nullable Object resolved(String text) throws Exception {
        Late.Deferred late = (Late.Deferred) markers.reveal(String.valueOf(evaluate(text)));
        return late.resolver().resolve(Map.of());
    }

    @Test
    void aHashOfALateValueIsThatOfItsText() throws ExpressionException {
        assertThat(evaluate("hash(params.hidden)")).isEqualTo(evaluate("hash('${db.password}')"));
    }

    @Test
    void aMarkerCannotBeTakenApartOrForged() throws ExpressionException {
        Object cut = evaluate("params.hidden.substring(0, 2)");
        assertThatThrownBy(() -> markers.reveal(String.valueOf(cut))).isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> markers.reveal("\uFDD099\uFDD1")).isInstanceOf(ExpressionException.class);
        assertThat(Markers.reserved("a\uFDD0")).isTrue();
        assertThat(Markers.reserved("häßlich")).isFalse();
    }

    @Test
    void aGeneratedValueStandsAlone() throws ExpressionException {
        Object mixed = evaluate("'x' + random(20)");
        assertThatThrownBy(() -> markers.reveal(String.valueOf(mixed)))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("must be the whole value");
    }

    @Test
    void rulesGiveValues() {
        Rules rules = new Rules(List.of("spec", "old"));
        Rules.Rule condition = (Rules.Rule) rules.condition("spec.storageGb <= 50");
        assertThat(condition.evaluate(Map.of("spec", Map.of("storageGb", 100L))))
                .isEqualTo(new Rules.Answer(false));
        assertThat(condition.evaluate(Map.of("spec", Map.of("storageGb", 50L)))).isEqualTo(new Rules.Answer(true));
        assertThat(condition.evaluate(Map.of("spec", Map.of()))).isInstanceOf(Rules.Failed.class);
        Rules.Rule message = (Rules.Rule) rules.message("'you asked for ' + string(spec.storageGb)");
        assertThat(message.evaluate(Map.of("spec", Map.of("storageGb", 100L))))
                .isEqualTo(new Rules.Message("you asked for 100"));
        assertThat(rules.condition("spec.storageGb <=")).isInstanceOf(Rules.Invalid.class);
        Map<String, @Nullable Object> none = Collections.singletonMap("old", null);
        assertThat(((Rules.Rule) rules.condition("old == null")).evaluate(none)).isEqualTo(new Rules.Answer(true));
        assertThat(((Rules.Rule) rules.condition("1")).evaluate(Map.of())).isInstanceOf(Rules.Failed.class);
    }

    @Test
    void dnsNamesAreValidAndTellLongOnesApart() {
        assertThat(Text.dns("A".repeat(70))).hasSize(63).startsWith("aaa");
        assertThat(Text.dns("A".repeat(70))).isNotEqualTo(Text.dns("A".repeat(71)));
        assertThat(Arrays.asList(Text.dns("--"), Text.dns(""), Text.dns("é"))).allMatch(name -> name.startsWith("x-"));
    }
}
