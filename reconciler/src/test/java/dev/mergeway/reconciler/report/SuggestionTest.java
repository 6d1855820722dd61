package dev.mergeway.reconciler.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.policy.Fix;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionTest {
    private static Finding finding(String message, String hint) {
        return new Finding(Severity.ERROR, "a.yaml", new Position(5, 3), "/spec/replcas", "schema/x", message, hint);
    }

    @Test
    void theWordThatWasMeantStandsInTheLine() {
        Finding finding = finding("A Deployment has no field 'replcas'.", "Did you mean 'replicas'?");
        assertThat(Suggestion.of(finding, "  replcas: 2   # 'replcas-2'")).hasValue("  replicas: 2   # 'replcas-2'");
        assertThat(Suggestion.of(
                        finding("'smal' is no class.", "Did you mean 'small'? One of: small, big."), "    class: smal"))
                .hasValue("    class: small");
    }

    @Test
    void whatIsNotClearIsNotSuggested() {
        Finding finding = finding("A Deployment has no field 'replcas'.", "Did you mean 'replicas'?");
        assertThat(Suggestion.of(finding, "replcas: replcas")).as("two of them").isEmpty();
        assertThat(Suggestion.of(finding, "spec:")).as("not here").isEmpty();
        assertThat(Suggestion.of(finding("No field 'replcas'.", "Known: replicas."), "replcas: 1"))
                .as("no word that was meant")
                .isEmpty();
        assertThat(Suggestion.of(finding("Both 'a' and 'b'.", "Did you mean 'c'?"), "a: b"))
                .isEmpty();
    }

    @Test
    void noLineLeavesItsBlock() {
        Finding finding = finding("No field 'a'.", "Did you mean 'b'?");
        assertThat(Suggestion.of(finding, "a: x # ```\u2028")).isEmpty();
        assertThat(Suggestion.of(finding, "a: x\r@team")).isEmpty();
        assertThat(Suggestion.of(finding, "a: " + "x".repeat(1000))).isEmpty();
        assertThat(Suggestion.of(finding("No field 'a'.", "Did you mean '``` @team'?"), "a: 1"))
                .isEmpty();
    }

    private static Optional<String> fixed(Object before, Object after, int column, String line) {
        return Suggestion.of(new Fix("shop", "a.yaml", new Position(5, column), "/spec/size", before, after), line);
    }

    /** The caret is where the document says that the field is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "  ^size: 100",
                "  ^size:   100 # at most 100",
                "  ^'size': 100",
                "  ^\"size\" : 100",
                "- ^size: 100",
                "db: { type: postgres, params: { ^size: 100 } }",
                "db: { size: 100, params: {^size: 100, other: 100}}",
                "  \ud83d\ude80: { ^size: 100 }",
            })
    void aValueThatAPolicyWantsStandsInTheLine(String marked) {
        int at = marked.indexOf('^');
        String before = marked.substring(0, at);
        String after = marked.substring(at + 1);
        int column = before.codePointCount(0, before.length()) + 1;
        assertThat(fixed(100L, 50L, column, before + after)).hasValue(before + after.replaceFirst("100", "50"));
    }

    @Test
    void valuesAreWrittenAsYamlReadsThem() {
        assertThat(fixed("big", "small", 1, "size: big")).hasValue("size: small");
        assertThat(fixed("big", "yes", 1, "size: \"big\"")).hasValue("size: \"yes\"");
        assertThat(fixed("big", "1.20", 1, "size: 'big'")).hasValue("size: \"1.20\"");
        assertThat(fixed(1.5, 0.25, 1, "size: 1.5")).hasValue("size: 0.25");
        assertThat(fixed(true, false, 1, "size: true")).hasValue("size: false");
    }

    @Test
    void aLineThatReadsOtherwiseIsLeftAlone() {
        assertThat(fixed(100L, 50L, 1, "size: 0x64")).as("another spelling").isEmpty();
        assertThat(fixed(100L, 50L, 1, "size: &big 100")).isEmpty();
        assertThat(fixed(100L, 50L, 1, "size: 100 GB")).isEmpty();
        assertThat(fixed(100L, 50L, 3, "size: 100")).as("another column").isEmpty();
        assertThat(fixed(100L, 50L, 400, "size: 100")).isEmpty();
        assertThat(fixed(100L, 50L, 1, "sizes: 100")).isEmpty();
        assertThat(fixed(100L, List.of(50L), 1, "size: 100"))
                .as("no simple value")
                .isEmpty();
        assertThat(fixed(100L, "a\nb", 1, "size: 100")).isEmpty();
        assertThat(fixed(100L, "``` @team", 1, "size: 100")).isEmpty();
        assertThat(fixed(100L, 50L, 1, "size: 100 # ```")).isEmpty();
        assertThat(fixed(100L, 50L, 1, "size: 100 # \u2028@team")).isEmpty();
        assertThat(fixed(100L, 50L, 1, "size: 100 #" + "x".repeat(1000))).isEmpty();
    }

    @Test
    void aFieldThatIsMissingHasNoLineOfItsOwn() {
        Fix missing = new Fix("shop", "a.yaml", new Position(5, 1), "/spec/size", null, 50L);
        assertThat(Suggestion.of(missing, "spec:")).isEmpty();
    }
}
