package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.run.PullState;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose something is follows from the configuration and the platform, not from who wants to be somebody else. */
class TeamsOfRepositoriesTest {
    private static final String LIMIT = """
            apiVersion: mergeway.dev/v1
            kind: Policy
            metadata: { name: limits-of-%1$s }
            spec:
              match: { kinds: [Deployment], teams: [%1$s] }
              action: deny
              rules: [ { expr: "environment.team != '%1$s'", message: "'Not for %1$s.'" } ]
            """;

    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void open() throws Exception {
        shop = Workshop.withPlatform(folder);
        shop.platform(Map.of("shop.yaml", LIMIT.formatted("shop"), "pay.yaml", LIMIT.formatted("pay")));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private PullState proposed(Map<String, String> files) throws Exception {
        shop.push(files);
        shop.run(shop.review);
        return shop.store().pull("shop", 7).orElseThrow();
    }

    private static String environment(String team) {
        return Sample.environment("dev").replace("name: shop-dev", "name: shop-dev" + team);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", team: shop"})
    void anEnvironmentOfATeamsRepositoryIsTheTeams(String team) throws Exception {
        PullState pull =
                proposed(Map.of(Sample.DECLARED, environment(team), "dev/web.yaml", Sample.workload("web", "")));
        assertThat(pull.comment()).contains("limits-of-shop", "Not for shop.").doesNotContain("limits-of-pay");
        assertThat(pull.verdict()).isEqualTo("blocked");
    }

    @Test
    void anEnvironmentThatSaysItIsOfAnotherTeamIsRefusedAndIsNot() throws Exception {
        PullState pull = proposed(
                Map.of(Sample.DECLARED, environment(", team: pay"), "dev/web.yaml", Sample.workload("web", "")));
        assertThat(pull.verdict()).isEqualTo("invalid");
        assertThat(pull.comment())
                .contains(Sample.DECLARED + ":3", "This repository belongs to team shop", "limits-of-shop")
                .doesNotContain("limits-of-pay");
    }

    @Test
    void aSpecThatSaysItIsOfAnotherTeamIsRefused() throws Exception {
        String web = Sample.workload("web", "").replace("name: web", "name: web, team: pay");
        PullState pull = proposed(Map.of(Sample.DECLARED, environment(""), "dev/web.yaml", web));
        assertThat(pull.verdict()).isEqualTo("invalid");
        assertThat(pull.comment()).contains("dev/web.yaml:3", "Write shop, or leave the team out.");
    }

    @Test
    void anEnvironmentOfThePlatformIsOfTheTeamThatThePlatformSays() throws Exception {
        shop.platform(Map.of("place.yaml", environment(", team: pay")));
        String web = Sample.workload("web", "").replace("name: web", "name: web, environment: shop-dev");
        PullState pull = proposed(Map.of("dev/web.yaml", web));
        assertThat(pull.comment()).contains("limits-of-pay").doesNotContain("limits-of-shop");
        assertThat(pull.verdict()).isEqualTo("blocked");
    }

    @Test
    void whatATeamDeclaresOfAnEnvironmentOfThePlatformHasNoEffect() throws Exception {
        shop.platform(Map.of("place.yaml", environment(", team: pay")));
        String roomy = environment("").replace("aws: local }", "aws: local }, quota: { pods: 4321 }");
        PullState pull = proposed(Map.of(Sample.DECLARED, roomy, "dev/web.yaml", Sample.workload("web", "")));
        assertThat(pull.comment())
                .contains("limits-of-pay", "so this declaration has no effect")
                .doesNotContain("limits-of-shop");
        assertThat(pull.plan()).doesNotContain("4321");
    }
}
