package dev.mergeway.reconciler.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import org.junit.jupiter.api.Test;

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
}
