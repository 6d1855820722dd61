package dev.mergeway.schema.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class CompiledSchemaTest {
    private static List<Finding> check(String schema, String value) {
        JsonMapper json = JsonMapper.builder().build();
        return CompiledSchema.of(TreeNodes.map(json.readTree(schema)))
                .check(
                        TreeNodes.tree(json.readTree(value)),
                        (severity, pointer, rule, message, hint) ->
                                new Finding(severity, "a.yaml", Position.START, pointer, rule, message, hint));
    }

    private static String one(String schema, String value) {
        List<Finding> findings = check(schema, value);
        assertThat(findings).hasSize(1);
        Finding finding = findings.getFirst();
        return finding.pointer() + " " + finding.rule() + ": " + finding.message() + " " + finding.hint();
    }

    @Test
    void alternativesOfTypesAreOneMistake() {
        String schema = "{'properties':{'port':{'anyOf':[{'type':'string'},{'type':'integer'}]}}}".replace('\'', '"');
        assertThat(one(schema, "{\"port\":[]}"))
                .isEqualTo("/port schema/wrong-type: 'port' must be a text or a whole number, but is an empty list. ");
    }

    @Test
    void alternativesOfValuesAreOneMistake() {
        String schema = "{'properties':{'p':{'oneOf':[{'const':'a'},{'enum':['b','c']}]}}}".replace('\'', '"');
        assertThat(one(schema, "{\"p\":\"d\"}")).contains("'p' cannot be \"d\".", "Allowed: a, b, c.");
    }

    @Test
    void theAlternativeThatWasMeantIsTheOneThatIsTold() {
        String schema =
                ("{'oneOf':[{'type':'object','required':['type'],'properties':{'type':{'const':'a'},'x':{'type':'integer'}}},"
                                + "{'type':'object','required':['type'],'properties':{'type':{'const':'b'},'y':{'type':'integer'}}},"
                                + "{'type':'string'}]}")
                        .replace('\'', '"');
        assertThat(one(schema, "{\"type\":\"b\",\"y\":\"1\"}")).startsWith("/y schema/wrong-type");
    }

    @Test
    void alternativesInListsAreToldForEachEntry() {
        String schema = "{'items':{'anyOf':[{'type':'string'},{'type':'integer'}]}}".replace('\'', '"');
        assertThat(check(schema, "[1,true,\"a\",null]")).map(Finding::pointer).containsExactly("/1", "/3");
    }

    @Test
    void aValueThatBreaksSeveralRulesIsToldOnce() {
        String schema =
                "{'properties':{'p':{'type':'string','enum':['a'],'pattern':'^a$','maxLength':1}}}".replace('\'', '"');
        assertThat(one(schema, "{\"p\":\"bb\"}")).startsWith("/p schema/not-allowed");
        assertThat(one(schema, "{\"p\":5}")).startsWith("/p schema/wrong-type");
    }

    /** Each would need years, or more of the stack than there is. */
    @ParameterizedTest
    @CsvSource({"^.*.*.*.*.*.*!$, 2000", "^(/([A-Za-z0-9_-]|\\\\.(?!\\\\.))+)+$, 200000", "^(a*)*\\\\1!$, 5000"})
    @Timeout(10)
    void aPatternThatCostsTooMuchIsNotMatched(String pattern, int length) {
        String schema = "{\"properties\":{\"p\":{\"pattern\":\"" + pattern + "\"}}}";
        assertThat(one(schema, "{\"p\":\"/" + "a".repeat(length) + "\"}")).startsWith("/p schema/");
    }

    @Test
    void aLongTextMayMatch() {
        String schema = "{\"pattern\":\"^[A-Za-z0-9+/\\\\s]*={0,2}\\\\s*$\"}";
        assertThat(check(schema, "\"" + "QUJD".repeat(250_000) + "==\"")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "memory, 128m, Write 128Mi.", "memory, 128, Write 128Mi.", "memory, 1 GB, Write 1Gi.",
        "cpu, 100Mi, Processor time is", "cpu, 2 cores, Write 2.", "cpu, 500 m, Write 500m."
    })
    void anAmountOfTheWrongKindIsToldWithTheOneThatWasMeant(String format, String written, String hint) {
        String schema = "{\"properties\":{\"p\":{\"type\":\"string\",\"format\":\"" + format + "\"}}}";
        assertThat(one(schema, "{\"p\":\"" + written + "\"}"))
                .startsWith("/p schema/format")
                .contains(hint);
    }

    @ParameterizedTest
    @CsvSource({"memory, 128Mi", "memory, 1.5Gi", "memory, 256M", "memory, 134217728", "cpu, 100m", "cpu, 2", "cpu, 0.5"
    })
    void anAmountOfItsKindIsFine(String format, String written) {
        assertThat(check("{\"format\":\"" + format + "\"}", "\"" + written + "\""))
                .isEmpty();
    }

    @Test
    void ownWordsOfASchemaAreUsed() {
        String schema = "{'properties':{'p':{'type':'string','pattern':'^a$','errorMessage':'Write an a.'}}}"
                .replace('\'', '"');
        assertThat(one(schema, "{\"p\":\"b\"}")).endsWith("Write an a.");
    }

    @Test
    void whatIsWriteOnlyIsNeverShown() {
        String schema = "{'properties':{'p':{'type':'string','pattern':'^a$','writeOnly':true}}}".replace('\'', '"');
        assertThat(one(schema, "{\"p\":\"hunter2\"}")).doesNotContain("hunter2");
        assertThat(one(schema, "{\"p\":42424242}")).doesNotContain("42424242");
    }

    @Test
    void credentialsOfAUrlAreNotShown() {
        String schema = "{'properties':{'p':{'type':'string','pattern':'^jdbc:'}}}".replace('\'', '"');
        assertThat(one(schema, "{\"p\":\"postgres://me:hunter2@db\"}")).doesNotContain("hunter2");
    }

    @Test
    void aDocumentWithManyMistakesIsCutShort() {
        Map<String, Object> many = new LinkedHashMap<>();
        for (int index = 0; index < 5_000; index++) {
            many.put("x" + index, 1L);
        }
        List<Finding> findings = check("{\"additionalProperties\":false}", TreeNodes.json(many));
        assertThat(findings).hasSize(101).anyMatch(finding -> finding.rule().equals("schema/more"));
    }

    @Test
    void nothingIsLoadedFromElsewhere() {
        assertThatThrownBy(() -> check("{\"$ref\":\"https://schemas.example.com/a.json\"}", "{}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> check("{\"$ref\":\"file:///etc/passwd\"}", "{}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"replicsa, replicas", "Replicas, replicas", "read-only, readOnly", "imge, image"})
    void nearestNames(String written, String meant) {
        assertThat(Nearest.of(written, List.of("replicas", "readOnly", "image", "route")))
                .contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"16 GB, 16Gi", "16gb, 16Gi", "8 cores, 8", "500 m, 500m", "1.5 TB, 1.5Ti", "lots, ''"})
    void quantitiesAsTheyWereMeant(String written, String meant) {
        assertThat(FormatWords.quantity(written)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"7 days, 7d", "1 month, 30d", "12hours, 12h", "90, 90d", "soon, ''"})
    void timespansAsTheyWereMeant(String written, String meant) {
        assertThat(FormatWords.timespan(written)).isEqualTo(meant);
    }
}
