package dev.mergeway.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.blueprint.Fixtures;
import dev.mergeway.schema.model.Expansion;
import dev.mergeway.schema.model.Files;
import dev.mergeway.schema.model.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ManifestsExpansionTest {
    private final Expander expander = new Expander(Catalogue.shipped());

    private record InMemory(Map<String, String> texts) implements Files {
        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(texts.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public List<String> below(String folder) {
            return new TreeMap<>(texts)
                    .keySet().stream()
                            .filter(path -> folder.isEmpty() || path.startsWith(folder + "/"))
                            .toList();
        }
    }

    private Expansion expand(String path, Map<String, String> texts) {
        String yaml = "kind: Manifests\nmetadata: { name: plain }\nspec: { path: '" + path + "' }\n";
        return expander.expand(
                Fixtures.environment("dev"), Fixtures.specs("team/app/manifests.yaml", yaml), new InMemory(texts));
    }

    @Test
    void objectsComeInOrderAndIntoTheNamespace() {
        Expansion expansion = expand(
                "./k8s",
                Map.of(
                        "team/app/k8s/a.yaml",
                        """
                apiVersion: example.com/v1
                kind: Widget
                metadata: { name: w }
                ---
                apiVersion: v1
                kind: Secret
                metadata: { name: s }
                stringData: { a: hi }
                """,
                        "team/app/k8s/sub/crd.yml",
                        """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: { name: widgets.example.com }
                spec: { group: example.com, names: { kind: Widget } }
                """,
                        "team/app/k8s/readme.md",
                        "nothing",
                        "team/app/other.yaml",
                        "kind: Nothing"));
        assertThat(expansion.findings()).isEmpty();
        assertThat(expansion.resources().stream()
                        .map(r -> r.key().namespace() + "/" + r.key().kind()))
                .containsExactly("/CustomResourceDefinition", "dev/Secret", "dev/Widget");
        assertThat(expansion.resources().get(1).body())
                .containsEntry("data", Map.of("a", "aGk="))
                .doesNotContainKey("stringData");
        assertThat(expansion.resources().get(2).dependsOn())
                .containsExactly(expansion.resources().getFirst().key());
        assertThat(expansion.resources().get(2).file()).isEqualTo("team/app/k8s/a.yaml");
    }

    @Test
    void anEnvironmentBringsAlongSoMuchAndNoMore() {
        String map = "{ apiVersion: v1, kind: ConfigMap, metadata: { name: m%d }, data: { a: '" + "x".repeat(1_000_000)
                + "' } }\n";
        Map<String, String> texts = new TreeMap<>();
        for (int number = 0; number < 8; number++) {
            texts.put("team/app/k8s/" + number + ".yaml", map.formatted(number));
        }
        assertThat(expand("k8s", texts).findings()).isEmpty();
        texts.put("team/app/k8s/8.yaml", map.formatted(8));
        Expansion over = expand("k8s", texts);
        assertThat(over.resources()).isEmpty();
        assertThat(over.findings())
                .singleElement()
                .extracting(Finding::message)
                .isEqualTo("with 'team/app/k8s/8.yaml' environment 'dev' brings along more than 8 MiB of plain YAML");
    }

    @Test
    void severalFoldersOfAnEnvironmentShareIt() {
        String map = "{ apiVersion: v1, kind: ConfigMap, metadata: { name: m }, data: { a: '" + "x".repeat(1_000_000)
                + "' } }\n";
        StringBuilder yaml = new StringBuilder();
        Map<String, String> texts = new TreeMap<>();
        for (int number = 0; number < 9; number++) {
            yaml.append("---\nkind: Manifests\nmetadata: { name: p")
                    .append(number)
                    .append(" }\nspec: { path: k8s }\n");
        }
        texts.put("team/app/k8s/a.yaml", map);
        assertThat(expander.expand(
                                Fixtures.environment("dev"),
                                Fixtures.specs("team/app/manifests.yaml", yaml.toString()),
                                new InMemory(texts))
                        .findings())
                .extracting(Finding::message)
                .anyMatch(message -> message.contains("more than 8 MiB"));
    }

    @Test
    void whatAPodNamesComesBeforeIt() {
        Expansion expansion = expand("k8s", Map.of("team/app/k8s/app.yaml", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: app }
                spec:
                  template:
                    spec:
                      serviceAccountName: app
                      imagePullSecrets: [ { name: pull } ]
                      containers:
                        - name: main
                          env: [ { name: A, valueFrom: { secretKeyRef: { name: key, key: a } } } ]
                          envFrom: [ { configMapRef: { name: elsewhere } } ]
                      volumes: [ { name: v, configMap: { name: files } }, { name: d, persistentVolumeClaim: { claimName: data } } ]
                ---
                { apiVersion: v1, kind: ServiceAccount, metadata: { name: app } }
                ---
                { apiVersion: v1, kind: Secret, metadata: { name: key } }
                ---
                { apiVersion: v1, kind: Secret, metadata: { name: pull } }
                ---
                { apiVersion: v1, kind: ConfigMap, metadata: { name: files } }
                ---
                { apiVersion: v1, kind: ConfigMap, metadata: { name: unrelated } }
                ---
                { apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: data } }
                ---
                { apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: { name: reader } }
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: { name: reader }
                roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
                """));
        assertThat(expansion.findings()).isEmpty();
        assertThat(before(expansion, "Deployment"))
                .containsExactlyInAnyOrder(
                        "ServiceAccount app",
                        "Secret key",
                        "Secret pull",
                        "ConfigMap files",
                        "PersistentVolumeClaim data");
        assertThat(before(expansion, "RoleBinding")).containsExactly("Role reader");
    }

    private static List<String> before(Expansion expansion, String kind) {
        return expansion.resources().stream()
                .filter(resource -> resource.key().kind().equals(kind))
                .flatMap(resource -> resource.dependsOn().stream())
                .map(key -> key.kind() + " " + key.name())
                .toList();
    }

    @Test
    void brokenFilesAreFindingsInThem() {
        Expansion expansion = expand(
                "k8s",
                Map.of(
                        "team/app/k8s/bad.yaml", "a: [",
                        "team/app/k8s/no-kind.yaml", "apiVersion: v1\n",
                        "team/app/k8s/elsewhere.yaml",
                                "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: kube-system }\n",
                        "team/app/k8s/good.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n"));
        assertThat(expansion.resources()).isEmpty();
        assertThat(expansion.findings().stream()
                        .filter(Finding::isError)
                        .map(Finding::file)
                        .distinct())
                .containsExactly("team/app/k8s/bad.yaml", "team/app/k8s/elsewhere.yaml", "team/app/k8s/no-kind.yaml");
    }

    @Test
    void noPathLeadsOutOfTheRepository() {
        for (String path : List.of("../../../etc", "/etc", "../..", "a\\\\b", "missing")) {
            Expansion expansion =
                    expand(path, Map.of("etc/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n"));
            if (!path.equals("../..")) {
                assertThat(expansion.findings().stream().map(Finding::rule))
                        .as(path)
                        .containsExactly("manifests/path");
                assertThat(expansion.resources()).isEmpty();
            }
        }
    }

    @Test
    void theRealOnlineBoutiqueExpands() throws IOException {
        Path shared = Path.of("").toAbsolutePath();
        while (shared != null && !java.nio.file.Files.isDirectory(shared.resolve("shared/data/manifests"))) {
            shared = shared.getParent();
        }
        assumeThat(shared).as("shared/data beside the checkout").isNotNull();
        if (shared == null) {
            return;
        }
        String text = java.nio.file.Files.readString(shared.resolve("shared/data/manifests/online-boutique.yaml"));
        Expansion expansion = expand("k8s", Map.of("team/app/k8s/all.yaml", text));
        assertThat(expansion.findings().stream().filter(Finding::isError)).isEmpty();
        assertThat(expansion.resources()).hasSize(35);
    }
}
