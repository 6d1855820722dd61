package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RepositoryInfo.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy denies is denied however a pull request writes it. */
class GuardedTest {
    private static final String NO_LATEST = policy("Deployment", """
            !spec.containers.exists(n, spec.containers[n].image.endsWith(':latest'))""");
    private static final String QUEUE = """
            resources: { jobs: { type: queue } }
            """;

    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Workshop(
                folder, new RepositoryInfo("shop", "corp", "acme/shop", "main", Role.PLATFORM, "", List.of()));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static String policy(String kind, String rule) {
        return """
                apiVersion: mergeway.dev/v1
                kind: Policy
                metadata: { name: limits }
                spec:
                  match: { kinds: [%s] }
                  action: deny
                  rules: [ { expr: "%s", message: "'Not like this.'" } ]
                """.formatted(kind, rule.strip());
    }

    private static String web(String metadata, String image, String more) {
        return """
                apiVersion: mergeway.dev/v1
                kind: Deployment
                metadata: { name: web, %s }
                spec:
                  containers: { main: { image: "%s", variables: { TAG: x } } }
                %s""".formatted(metadata, image, more.indent(2));
    }

    private PullState proposed(String policy, String before, String after) throws Exception {
        shop.commit("main", Map.of("policy.yaml", policy, Sample.DECLARED, Sample.environment("dev")));
        if (!before.isEmpty()) {
            shop.commit("main", Map.of("dev/web.yaml", before));
        }
        shop.push(Map.of("dev/web.yaml", after));
        shop.run(shop.review);
        return shop.store().pull("shop", 7).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag: latest", "tag: late", "whole: 'a/b:latest', tag: x"})
    void whatAPlaceholderGivesIsJudged(String annotations) throws Exception {
        String image = annotations.startsWith("whole")
                ? "${metadata.annotations.whole}"
                : annotations.endsWith("latest")
                        ? "a/b:${metadata.annotations.tag}"
                        : "a/b:${metadata.annotations.tag}st";
        PullState pull = proposed(NO_LATEST, "", web("annotations: { " + annotations + " }", image, ""));
        assertThat(pull.comment()).contains("Not like this.");
        assertThat(pull.verdict()).isEqualTo("blocked");
    }

    @Test
    void whatIsHonestPassesWithPlaceholdersToo() throws Exception {
        String rule = "spec.containers.all(n, spec.containers[n].image.startsWith('corp/'))";
        PullState pull = proposed(
                policy("Deployment", rule),
                "",
                web("annotations: { at: corp }", "${metadata.annotations.at}/web:1", ""));
        assertThat(pull.comment()).doesNotContain("Not like this.", "cannot be judged");
        assertThat(pull.verdict()).isEqualTo("ready");
    }

    @Test
    void whatWasIsReadWithItsPlaceholdersToo() throws Exception {
        String rule = "old == null || old.containers.main.image != 'a/b:held'";
        PullState pull = proposed(
                policy("Deployment", rule),
                web("annotations: { tag: held }", "a/b:${metadata.annotations.tag}", ""),
                web("annotations: { tag: held }", "a/b:2", ""));
        assertThat(pull.comment()).contains("Not like this.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Queue| spec.retentionDays <= 3",
                "Deployment| spec.resources.all(r, spec.resources[r].params.retentionDays <= 3)"
            })
    void paramsOfResourcesAreJudgedAsTheyAreApplied(String rule) throws Exception {
        String[] parts = rule.split("\\|");
        String more = """
                resources: { jobs: { type: queue, params: { retentionDays: "${metadata.annotations.days}" } } }
                """;
        PullState pull = proposed(policy(parts[0], parts[1]), "", web("annotations: { days: '9' }", "a/b:1", more));
        assertThat(pull.comment()).contains("Not like this.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!spec.containers.main.variables.exists(v, spec.containers.main.variables[v].endsWith('x'))",
                "spec.containers.main.variables.URL != 'x'",
                "!('x' in [spec.containers.main.variables.URL])",
                "spec.containers.main.variables != {'URL': 'x'}",
            })
    void whatIsKnownOnlyLaterIsNotTakenForKept(String rule) throws Exception {
        String late = web("labels: {}", "a/b:1", QUEUE).replace("TAG: x", "URL: '${resources.jobs.url}'");
        PullState pull = proposed(policy("Deployment", rule), "", late);
        assertThat(pull.comment())
                .contains("cannot be judged", "resources.jobs.url", "known only once", "Write the value itself");
        assertThat(pull.verdict()).isEqualTo("blocked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "old == null || old != spec",
                "has(spec.containers.main.variables.URL)",
                "spec.containers.main.variables.URL == 'x' || spec.containers.main.image == 'a/b:1'",
                "spec.containers.main.variables.size() == 1 && 'URL' in spec.containers.main.variables",
            })
    void aRuleThatDoesNotDependOnWhatIsKnownLaterIsKept(String rule) throws Exception {
        String late = web("labels: {}", "a/b:1", QUEUE).replace("TAG: x", "URL: '${resources.jobs.url}'");
        PullState pull = proposed(policy("Deployment", rule), "", late);
        assertThat(pull.comment()).doesNotContain("cannot be judged");
        assertThat(pull.verdict()).isEqualTo("ready");
    }
}
