package dev.mergeway.schema.validate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExplainTest {
    private static final Explain EXPLAIN = new Explain(EngineSchemas.KINDS, EngineSchemas::of);

    @Test
    void aKind() {
        Explain.Explanation explanation = EXPLAIN.explain("Environment");
        assertThat(explanation.found()).isTrue();
        assertThat(explanation.text())
                .contains(
                        "KIND:     Environment",
                        "A place to run things",
                        "metadata  <map> required",
                        "spec  <map> required");
    }

    @Test
    void aFieldWithValuesAndDefault() {
        assertThat(EXPLAIN.explain("Environment.spec.tier").text())
                .contains(
                        "FIELD:    spec.tier",
                        "TYPE:     text",
                        "ALLOWED:  preview, dev, staging, prod",
                        "  tier: dev");
        assertThat(EXPLAIN.explain("Server.spec.reconcile.concurrency").text())
                .contains("TYPE:     whole number", "DEFAULT:  16", "at least 1, at most 256");
    }

    @Test
    void throughListsMapsAndReferences() {
        assertThat(EXPLAIN.explain("Server.spec.forges.type").text()).contains("github, gitlab, gitea, local");
        assertThat(EXPLAIN.explain("Server.spec.forges.token.env").text())
                .contains("Name of the environment variable.");
        assertThat(EXPLAIN.explain("Blueprint.spec.resources.queue.stateful").text())
                .contains("true or false");
        assertThat(EXPLAIN.explain("Blueprint.spec.resources.stateful").text()).contains("true or false");
        assertThat(EXPLAIN.explain("Server.spec.forges").text()).contains("list of map", "webhookSecret");
    }

    @Test
    void specMayBeLeftOut() {
        assertThat(EXPLAIN.explain("Environment.quota.memory").text()).contains("FIELD:    spec.quota.memory");
    }

    @Test
    void unknownNamesGetTheNearest() {
        assertThat(EXPLAIN.explain("Enviroment"))
                .isEqualTo(
                        new Explain.Explanation(false, "There is no kind 'Enviroment'. Did you mean 'Environment'?"));
        assertThat(EXPLAIN.explain("Environment.spec.teir").text())
                .isEqualTo("There is no field 'teir' in 'spec'. Did you mean 'tier'?");
        assertThat(EXPLAIN.explain("Environment.teir").text())
                .isEqualTo("There is no field 'teir' in 'spec'. Did you mean 'tier'?");
        assertThat(EXPLAIN.explain("Environment.metadta").text())
                .isEqualTo("There is no field 'metadta' in the document. Did you mean 'metadata'?");
        assertThat(EXPLAIN.explain("Environment.spec.tier.x").found()).isFalse();
        assertThat(EXPLAIN.explain("").found()).isFalse();
        assertThat(EXPLAIN.explain("Environment..").found()).isFalse();
    }
}
