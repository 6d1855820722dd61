package dev.mergeway.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.cli.ClusterRoleYaml;
import dev.mergeway.reconciler.resource.Trees;
import dev.mergeway.schema.blueprint.Catalogue;
import dev.mergeway.schema.blueprint.KubernetesRights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files of {@code deploy/}: the configuration is one that starts, and the rights are those that the shipped kinds need. */
class DeployTest {
    private static final Pattern KIND = Pattern.compile("(?m)^ +kubernetes:\\s+apiVersion: (\\S+)\\s+kind: (\\S+)$");

    @TempDir
    Path folder;

    @Test
    void theConfigurationIsValid() throws IOException {
        Path file = folder.resolve("server.yaml");
        Files.writeString(file, Trees.text(one("ConfigMap"), "/data/server.yaml"));
        ConfigReader.Read read = ConfigReader.read(file, name -> "secret");
        assertThat(read.findings()).isEmpty();
        assertThat(read.config()).isPresent();
    }

    @Test
    void whatItMayChangeIsWhatTheShippedBlueprintsMake() throws IOException {
        Set<String> may = new TreeSet<>();
        for (Object rule : list(one("ClusterRole"), "/rules")) {
            if (strings(rule, "/verbs").contains("patch")) {
                String group = strings(rule, "/apiGroups").getFirst();
                strings(rule, "/resources").forEach(resource -> may.add(group + "/" + resource));
            }
        }
        assertThat(may).isEqualTo(made());
    }

    @Test
    void itsRoleIsTheOneThatIsGenerated() throws IOException {
        List<String> documents = List.of(Files.readString(DocumentsTest.root().resolve("deploy/kubernetes.yaml"))
                .split("(?m)^---\n"));
        String generated =
                ClusterRoleYaml.of(KubernetesRights.of(Catalogue.shipped().blueprints(), List.of()));
        assertThat(documents)
                .as("put what ./mergeway rbac prints in place of the ClusterRole of deploy/kubernetes.yaml")
                .contains(generated);
    }

    @Test
    void nothingInItStarsARight() throws IOException {
        assertThat(list(one("ClusterRole"), "/rules").toString()).doesNotContain("*", "escalate", "bind");
    }

    private static Set<String> made() throws IOException {
        Set<String> made = new TreeSet<>();
        for (String name : resource("index.txt").lines().toList()) {
            KIND.matcher(resource(name)).results().forEach(found -> {
                String version = found.group(1);
                String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
                made.add(group + "/" + plural(found.group(2).toLowerCase(Locale.ROOT)));
            });
        }
        assertThat(made).hasSizeGreaterThan(10);
        return made;
    }

    private static String plural(String kind) {
        return kind.endsWith("y")
                ? kind.substring(0, kind.length() - 1) + "ies"
                : kind.endsWith("s") ? kind + "es" : kind + "s";
    }

    private static String resource(String name) throws IOException {
        try (var stream = Objects.requireNonNull(DeployTest.class.getResourceAsStream("/blueprints/" + name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Object one(String kind) throws IOException {
        List<Object> found = new ArrayList<>();
        String text = Files.readString(DocumentsTest.root().resolve("deploy/kubernetes.yaml"));
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
            if (kind.equals(Trees.at(document, "/kind"))) {
                found.add(document);
            }
        }
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static List<String> strings(Object tree, String pointer) {
        return list(tree, pointer).stream().map(String::valueOf).toList();
    }

    private static List<?> list(Object tree, String pointer) {
        return Trees.at(tree, pointer) instanceof List<?> found ? found : List.of();
    }
}
