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
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A policy says the same of a text whether it is written, or put together by placeholders in whatever way. */
class PlaceholderVerdictTest {
    private static final SpecReader READER = new SpecReader(Catalogue.shipped());
    private static final Expander EXPANDER = new Expander(Catalogue.shipped());
    private static final List<String> PIECES =
            List.of("a", "b", "latest", "corp", ":", "/", ".", "-", "1", "v", "http", "x y", "é");
    private static final List<String> RULES = List.of(
            "!T.endsWith(':latest')",
            "T.startsWith('corp/')",
            "T != 'a'",
            "!T.contains('http')",
            "!T.matches('[0-9]')",
            "T.size() < 8",
            "!(T in ['a', 'b', 'corp', 'latest'])",
            "!T.split('/').exists(p, p == 'a')");

    private final Random random = new Random(20261130);

    private static FileContent read(String text) {
        FileContent content = READER.read("a.yaml", text.getBytes(StandardCharsets.UTF_8));
        assertThat(content.findings()).as(text).isEmpty();
        return content;
    }

    private static PolicyRules rules() {
        StringBuilder rules = new StringBuilder();
        RULES.forEach(rule -> rules.append("    - expr: \"")
                .append(rule.replace("T", "spec.containers.main.variables.TEXT"))
                .append("\"\n"));
        return new PolicyRules(read("""
                apiVersion: mergeway.dev/v1
                kind: Policy
                metadata: { name: text }
                spec:
                  action: deny
                  rules:
                %s""".formatted(rules)).policies());
    }

    private static List<String> verdict(PolicyRules rules, Map<String, String> annotations, String text) {
        Environment environment = read("""
                apiVersion: mergeway.dev/v1
                kind: Environment
                metadata: { name: dev }
                spec: { tier: dev, targets: { kubernetes: local } }
                """).environments().getFirst();
        StringBuilder quoted = new StringBuilder();
        annotations.forEach(
                (name, value) -> quoted.append(name).append(": '").append(value).append("', "));
        FileContent content = read("""
                apiVersion: mergeway.dev/v1
                kind: Deployment
                metadata: { name: web, annotations: { %s } }
                spec: { containers: { main: { image: "a/b:1", variables: { TEXT: '%s' } } } }
                """.formatted(quoted, text));
        Expander.Priced priced = EXPANDER.priced(environment, content.specs(), Files.NONE);
        assertThat(priced.expansion().findings()).isEmpty();
        List<Subject> subjects = priced.specs().stream()
                .flatMap(spec -> Subjects.of(environment, "shop", spec, null).stream())
                .toList();
        return rules.judge(subjects, new PolicyRules.Context(Map.of(), "rosa", 0)).stream()
                .map(guardrail -> guardrail.level() + " " + guardrail.message())
                .toList();
    }

    @Test
    void isTheSame() {
        PolicyRules rules = rules();
        assertThat(rules.findings()).isEmpty();
        int denied = 0;
        for (int round = 0; round < 300; round++) {
            StringBuilder plain = new StringBuilder();
            StringBuilder placed = new StringBuilder();
            Map<String, String> annotations = new java.util.TreeMap<>();
            for (int piece = random.nextInt(1, 6); piece > 0; piece--) {
                String text = PIECES.get(random.nextInt(PIECES.size()));
                plain.append(text);
                if (random.nextBoolean()) {
                    String name = "p" + annotations.size();
                    annotations.put(name, text);
                    placed.append("${metadata.annotations.").append(name).append('}');
                } else {
                    placed.append(text);
                }
            }
            List<String> written = verdict(rules, Map.of(), plain.toString());
            assertThat(verdict(rules, annotations, placed.toString()))
                    .as("%s as %s of %s", plain, placed, annotations)
                    .isEqualTo(written);
            denied += written.getFirst().startsWith("DENY") ? 1 : 0;
        }
        assertThat(denied).isBetween(100, 300);
    }
}
