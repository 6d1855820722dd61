package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.port.Remark;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.schema.model.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remarked at lines of a pull request. */
class RemarksTest {
    private static final RepositoryInfo PLATFORM =
            new RepositoryInfo("shop", "corp", "acme/shop", "main", RepositoryInfo.Role.PLATFORM, "", List.of());

    @TempDir
    private Path folder = Path.of(".");

    private static String policy(String action) {
        return """
                apiVersion: mergeway.dev/v1
                kind: Policy
                metadata: { name: storage-cap }
                spec:
                  match: { kinds: [Postgres] }
                  action: %s
                  rules:
                    - expr: spec.storageGb <= 50
                      message: "'At most 50 GB; you asked for ' + string(spec.storageGb)"
                      fix: { spec.storageGb: 50 }
                """.formatted(action);
    }

    private static final Map<String, String> SPECS = Map.of("dev/environment.yaml", """
                    apiVersion: mergeway.dev/v1
                    kind: Environment
                    metadata: { name: shop-dev }
                    spec: { tier: dev, targets: { kubernetes: local } }
                    """, "dev/web.yaml", """
                    apiVersion: mergeway.dev/v1
                    kind: Deployment
                    metadata: { name: web }
                    spec:
                      containers: { main: { image: "nginx:1.29" } }
                      resources:
                        db: { type: postgres, params: { storageGb: 100 } } # [me](http://x) @team
                    """);

    @Test
    void whatAPolicyWantsIsSaidInPlainWordsAndOfferedAtItsLine() throws RepositoryException {
        try (Workshop shop = new Workshop(folder, PLATFORM)) {
            shop.commit("main", Map.of("policies/cap.yaml", policy("deny")));
            shop.push(SPECS);
            shop.run(shop.review);
            assertThat(shop.forge.comments.get(7))
                    .contains("At most 50 GB; you asked for 100. Set `spec.resources.db.params.storageGb` to `50`"
                            + " (`dev/web.yaml:7`).");
            assertThat(shop.forge.remarks).hasSize(1);
            Remark remark = shop.forge.remarks.getFirst();
            assertThat(remark.finding().file() + ":"
                            + remark.finding().position().line())
                    .isEqualTo("dev/web.yaml:7");
            assertThat(remark.finding().severity()).isEqualTo(Severity.ERROR);
            assertThat(remark.finding().rule()).isEqualTo("policy/storage-cap");
            assertThat(remark.finding().hint()).isEqualTo("Set spec.resources.db.params.storageGb to 50.");
            assertThat(remark.line())
                    .isEqualTo("    db: { type: postgres, params: { storageGb: 50 } } # [me](http://x) @team");

            shop.push(Map.of(
                    "dev/web.yaml", SPECS.getOrDefault("dev/web.yaml", "").replace("100", "50")));
            shop.run(shop.review);
            assertThat(shop.forge.remarks).isEmpty();
        }
    }

    @Test
    void aPolicyThatOnlyWarnsOrAsksRemarksAWarning() throws RepositoryException {
        try (Workshop shop = new Workshop(folder, PLATFORM)) {
            shop.commit("main", Map.of("policies/cap.yaml", policy("approve")));
            shop.push(SPECS);
            shop.run(shop.review);
            assertThat(shop.forge.remarks)
                    .singleElement()
                    .satisfies(remark -> assertThat(remark.finding().severity()).isEqualTo(Severity.WARNING));
        }
    }
}
