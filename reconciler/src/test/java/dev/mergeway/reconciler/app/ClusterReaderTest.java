package dev.mergeway.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.app.ServerConfig.TargetConfig;
import dev.mergeway.reconciler.kubernetes.ClusterAccess.Impersonation;
import dev.mergeway.reconciler.kubernetes.ClusterAccess.InCluster;
import dev.mergeway.reconciler.kubernetes.ClusterAccess.Kubeconfig;
import dev.mergeway.reconciler.kubernetes.ClusterAccess.Token;
import dev.mergeway.schema.model.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterReaderTest {
    @TempDir
    Path folder;

    private ConfigReader.Read read(String target, String team) throws IOException {
        Path file = folder.resolve("server.yaml");
        Files.writeString(file, """
                apiVersion: mergeway.dev/v1
                kind: Server
                spec:
                  forges: [ { name: here, type: local, path: ./repos } ]
                  repositories:
                    - { name: platform, forge: here, path: acme/platform, role: platform }
                    - { name: shop, forge: here, path: acme/shop, role: team%s, environments: ["shop-*"] }
                  targets: [ { name: dev, type: kubernetes%s } ]
                """.formatted(team, target));
        return ConfigReader.read(file, Map.of("TOKEN", "s3cret")::get);
    }

    private TargetConfig.Kubernetes cluster(String target) throws IOException {
        ConfigReader.Read read = read(target, ", team: shop");
        assertThat(read.findings()).isEmpty();
        return (TargetConfig.Kubernetes) read.config().orElseThrow().targets().getFirst();
    }

    private List<String> wrong(String target, String team) throws IOException {
        return read(target, team).findings().stream().map(Finding::message).toList();
    }

    @Test
    void logsInByKubeconfigByTokenOrAsThePodThatItIs() throws IOException {
        assertThat(cluster("").login()).isEqualTo(new InCluster());
        assertThat(cluster(", kubeconfig: { file: ./kubeconfig }, context: dev").login())
                .isEqualTo(new Kubeconfig(folder.resolve("kubeconfig"), "dev"));
        Token token = (Token)
                cluster(", server: \"https://10.0.0.1:6443/\", certificateAuthority: ./ca.crt, token: { env: TOKEN }")
                        .login();
        assertThat(token.server()).isEqualTo("https://10.0.0.1:6443");
        assertThat(token.authority()).isEqualTo(folder.resolve("ca.crt"));
        assertThat(token.token().get()).isEqualTo("s3cret");
    }

    @Test
    void aTokenInAFileMayBeRenewed() throws IOException {
        Path file = folder.resolve("token");
        Files.writeString(file, "first\n");
        Token token = (Token)
                cluster(", server: \"https://10.0.0.1\", certificateAuthority: ./ca.crt, token: { file: ./token }")
                        .login();
        assertThat(token.token().get()).isEqualTo("first");
        Files.writeString(file, "second\n");
        assertThat(token.token().get()).isEqualTo("second");
    }

    @Test
    void aServerNeedsAnAuthorityAndAToken() throws IOException {
        assertThat(wrong(", server: \"https://10.0.0.1\"", ", team: shop")).isNotEmpty();
        assertThat(wrong(", token: { env: TOKEN }", ", team: shop")).isNotEmpty();
    }

    @Test
    void actsForTeamRepositoriesAsTheTeam() throws IOException {
        assertThat(cluster("").as()).isEmpty();
        assertThat(cluster(", impersonate: { user: \"mergeway:${team}\", groups: [teams, \"${team}\"] }")
                        .as())
                .containsExactly(Map.entry("shop", new Impersonation("mergeway:shop", List.of("teams", "shop"))));
    }

    @Test
    void aRepositoryWithoutATeamHasNobodyToActAs() throws IOException {
        assertThat(wrong(", impersonate: { user: \"mergeway:${team}\" }", ""))
                .containsExactly("Repository shop has no team, whose rights it would have here.");
    }
}
