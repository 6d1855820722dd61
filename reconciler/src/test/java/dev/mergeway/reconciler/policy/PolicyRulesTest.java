package dev.mergeway.reconciler.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.Expander;
import dev.mergeway.schema.FileContent;
import dev.mergeway.schema.SpecReader;
import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Files;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyRulesTest {
    private static final SpecReader READER = new SpecReader(Catalogue.shipped());
    private static final String WEB = """
            apiVersion: mergeway.dev/v1
            kind: Deployment
            metadata: { name: web }
            spec:
              replicas: 9
              containers: { main: { image: "nginx:1.29" } }
              resources:
                db:
                  type: postgres
                  class: small
                  params: { storageGb: 100 }
            """;
    private static final String SCORE = """
            apiVersion: score.dev/v1b1
            metadata: { name: scored }
            containers:
              main: { image: "nginx:1.29", variables: { LEVEL: debug } }
            """;

    private static FileContent read(String file, String text) {
        FileContent content = READER.read(file, text.getBytes(StandardCharsets.UTF_8));
        assertThat(content.findings()).isEmpty();
        return content;
    }

    private static PolicyRules rules(String kind, String expression, String fix) {
        PolicyRules rules = new PolicyRules(
                read("policies/cap.yaml", """
                apiVersion: mergeway.dev/v1
                kind: Policy
                metadata: { name: cap }
                spec:
                  match: { kinds: [%s] }
                  action: deny
                  rules: [ { expr: "%s", message: "'Too much'", fix: { %s } } ]
                """.formatted(kind, expression, fix)).policies());
        assertThat(rules.findings()).isEmpty();
        return rules;
    }

    private static List<Guardrail> judged(PolicyRules rules, String file, String text) {
        Environment environment = read("env.yaml", """
                apiVersion: mergeway.dev/v1
                kind: Environment
                metadata: { name: dev }
                spec: { tier: dev, targets: { kubernetes: local } }
                """).environments().getFirst();
        List<Subject> subjects = new Expander(Catalogue.shipped())
                .priced(environment, read(file, text).specs(), Files.NONE).specs().stream()
                        .flatMap(spec -> Subjects.of(environment, "shop", spec, null).stream())
                        .toList();
        return rules.judge(subjects, new PolicyRules.Context(Map.of(), "rosa", 0));
    }

    private static Fix fix(String kind, String expression, String fix, String file, String text) {
        List<Guardrail> judged = judged(rules(kind, expression, fix), file, text);
        assertThat(judged).singleElement().satisfies(guardrail -> {
            assertThat(guardrail.level()).isEqualTo(Guardrail.Level.DENY);
            assertThat(guardrail.message()).endsWith("Too much").doesNotContain("set ");
            assertThat(guardrail.fixes()).hasSize(1);
        });
        return judged.getFirst().fixes().getFirst();
    }

    @Test
    void aFixIsAtItsFieldInTheFileOfWhoeverAsks() {
        Fix fix = fix("Deployment", "spec.replicas <= 3", "spec.replicas: 3", "dev/web.yaml", WEB);
        assertThat(fix.repository() + " " + fix.file() + " " + fix.position().line() + " " + fix.pointer())
                .isEqualTo("shop dev/web.yaml 5 /spec/replicas");
        assertThat(fix.before()).isEqualTo(9L);
        assertThat(fix.after()).isEqualTo(3L);
    }

    @Test
    void aFixOfAResourceIsAtItsParameter() {
        Fix fix = fix("Postgres", "spec.storageGb <= 50", "spec.storageGb: 50", "dev/web.yaml", WEB);
        assertThat(fix.pointer()).isEqualTo("/spec/resources/db/params/storageGb");
        assertThat(fix.position().line()).isEqualTo(11);
        assertThat(fix.before()).isEqualTo(100L);
    }

    @Test
    void aFieldThatIsMissingIsAtWhatItBelongsIn() {
        Fix missing = fix(
                "Deployment", "spec.replicas >= 2", "spec.replicas: 2", "a.yaml", WEB.replace("  replicas: 9\n", ""));
        assertThat(missing.before()).isNull();
        assertThat(missing.pointer()).isEqualTo("/spec/replicas");
        assertThat(missing.position().line()).isEqualTo(4);
    }

    @Test
    void aFixOfAScoreFileIsInItsOwnWordsOrAtItsBeginning() {
        Fix variable = fix(
                "Deployment",
                "spec.containers.main.variables.LEVEL != 'debug'",
                "spec.containers.main.variables.LEVEL: info",
                "score.yaml",
                SCORE);
        assertThat(variable.pointer()).isEqualTo("/containers/main/variables/LEVEL");
        assertThat(variable.position().line()).isEqualTo(4);
        assertThat(variable.before()).isEqualTo("debug");
        Fix replicas = fix("Deployment", "spec.replicas >= 2", "spec.replicas: 2", "score.yaml", SCORE);
        assertThat(replicas.pointer()).isEqualTo("/spec/replicas");
        assertThat(replicas.before()).isNull();
    }

    @Test
    void whatIsNoFieldIsSaidAllTheSame() {
        Fix label = fix("Deployment", "false", "metadata.labels.tier: web", "a.yaml", WEB);
        assertThat(label.pointer()).isEqualTo("/metadata/labels/tier");
        assertThat(label.position().line()).isEqualTo(3);
        Fix environment = fix("Deployment", "false", "environment.tier: dev", "a.yaml", WEB);
        assertThat(environment.pointer()).isEqualTo("/environment/tier");
        assertThat(environment.position().line()).isEqualTo(1);
    }
}
