package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.RunKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A limit that somebody broke is not a limit that is gone. */
class BrokenPlatformTest {
    private static final String FILE = "policies/limits.yaml";
    private static final String SOUND = """
            apiVersion: mergeway.dev/v1
            kind: Policy
            metadata: { name: limits }
            spec:
              match: { kinds: [Deployment] }
              action: deny
              rules: [ { expr: "spec.containers.main.image != 'x'", message: "'Not like this.'" } ]
            """;
    private static final String BLUEPRINT = """
            apiVersion: mergeway.dev/v1
            kind: Blueprint
            metadata: { name: deployment, version: 9.0.0, team: platform }
            spec:
              provides: { kind: Deployment }
              parameter: { type: object }
            """;

    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void open() throws Exception {
        shop = Workshop.withPlatform(folder);
        shop.platform(Map.of(FILE, SOUND));
        shop.commit("main", Map.of(Sample.DECLARED, Sample.environment("dev")));
        shop.run(new RunKey.Look("platform"));
        shop.release();
        shop.asked.clear();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private PullState proposed() throws Exception {
        shop.push(Map.of("dev/web.yaml", Sample.workload("web", "")));
        shop.run(shop.review);
        return shop.store().pull("shop", 7).orElseThrow();
    }

    private static String broken(String how) {
        return switch (how) {
            case "a field that is not" -> SOUND.replace("  action: deny", "  action: deny\n  severity: high");
            case "a key twice" -> SOUND.replace("  action: deny", "  action: deny\n  action: warn");
            case "a tab" -> SOUND.replace("  action: deny", "\taction: deny");
            case "a misspelt kind" -> SOUND.replace("kind: Policy", "kind: Polcy");
            case "no name" -> SOUND.replace("name: limits", "labels: {}");
            case "no CEL" -> SOUND.replace("!= 'x'", "!=");
            case "a blueprint" -> BLUEPRINT;
            default -> throw new IllegalArgumentException(how);
        };
    }

    private boolean isLive() {
        return Files.exists(folder.resolve("live/shop-dev/deployment.apps-web.yaml"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a field that is not",
                "a key twice",
                "a tab",
                "a misspelt kind",
                "no name",
                "no CEL",
                "a blueprint"
            })
    void stopsPlansAndReleasesUntilItIsMended(String how) throws Exception {
        shop.platform(Map.of(FILE, broken(how)));

        PullState pull = proposed();
        assertThat(pull.verdict()).isEqualTo("invalid");
        assertThat(pull.comment()).contains(FILE + ":");
        if (!how.equals("no CEL")) {
            assertThat(pull.comment()).contains("in repository platform", "the platform team's turn");
        }
        shop.merge(Map.of());
        shop.release();
        assertThat(isLive()).isFalse();
        assertThat(shop.environment().sync()).isEqualTo(Sync.HELD);
        assertThat(shop.environment().message()).contains("the platform is broken at " + FILE);

        shop.run(new RunKey.Look("platform"));
        shop.platform(Map.of(FILE, SOUND));
        shop.asked.clear();
        shop.run(new RunKey.Look("platform"));
        assertThat(shop.asked).contains(new RunKey.Release(Workshop.ENVIRONMENT));
        shop.release();
        assertThat(isLive()).isTrue();
        assertThat(shop.environment().sync()).isEqualTo(Sync.SYNCED);
    }

    @Test
    void takingItAwayForGoodMendsItToo() throws Exception {
        shop.platform(Map.of(FILE, broken("a tab")));
        shop.run(new RunKey.Look("platform"));
        shop.platform(Map.of(FILE, ""));
        shop.asked.clear();
        shop.run(new RunKey.Look("platform"));
        assertThat(shop.asked).contains(new RunKey.Release(Workshop.ENVIRONMENT));
        assertThat(proposed().verdict()).isEqualTo("ready");
    }

    @Test
    void whatIsBrokenInATeamsOwnRepositoryStopsNobody() throws Exception {
        shop.commit("main", Map.of("policy.yaml", broken("a tab"), "other.yaml", broken("a key twice")));
        assertThat(proposed().verdict()).isEqualTo("ready");
    }

    @Test
    void whatIsBrokenInThePlatformAndIsNeitherABlueprintNorAPolicyStopsNobody() throws Exception {
        String spec =
                Sample.workload("web", "  severity: high\n").replace("main: {", "main: { imagePullPolicy: Never,");
        String theirs = "apiVersion: kyverno.io/v1\nkind: Policy\nmetadata:\n\tname: x\n";
        shop.platform(Map.of("web.yaml", spec, "theirs.yaml", theirs));
        assertThat(proposed().verdict()).isEqualTo("ready");
    }
}
