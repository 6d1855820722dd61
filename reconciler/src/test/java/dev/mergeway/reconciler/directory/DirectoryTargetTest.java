package dev.mergeway.reconciler.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.port.TargetContract;
import dev.mergeway.reconciler.port.TargetException;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Outcome.Result;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Trees;
import dev.mergeway.reconciler.resource.YamlText;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.SpecKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTargetTest extends TargetContract {
    @TempDir
    Path folder = Path.of(".");

    private DirectoryTarget target = new DirectoryTarget("dev", folder);

    @BeforeEach
    void open() {
        target = new DirectoryTarget("dev", folder.resolve("live"));
    }

    @AfterEach
    void close() {
        target.close();
    }

    @Override
    protected Target target() {
        return target;
    }

    @Override
    protected String environment() {
        return "shop-dev";
    }

    @Override
    protected String otherEnvironment() {
        return "shop-prod";
    }

    @Override
    protected void edit(ResourceKey key, UnaryOperator<Map<String, Object>> change) throws IOException {
        Path file = file(key);
        Map<String, Object> tree = LiveYaml.parse(Files.readString(file)).orElseThrow();
        Files.writeString(file, YamlText.of(change.apply(tree)));
    }

    @Override
    protected void make(ResourceKey key, Map<String, Object> body) throws IOException {
        Files.createDirectories(file(key).getParent());
        Files.writeString(file(key), YamlText.of(body));
    }

    @Override
    protected void remove(ResourceKey key) throws IOException {
        Files.delete(file(key));
    }

    private Path file(ResourceKey key) {
        return folder.resolve("live").resolve(environment()).resolve(FileNames.of(key, environment()));
    }

    private Set<String> everything() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("live"))) {
            return files.filter(Files::isRegularFile)
                    .map(path -> folder.resolve("live").relativize(path).toString())
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void thereIsOneReadableFilePerResourceAndNothingElse() throws Exception {
        apply(settings(Map.of("level", "off", "port", "0777", "text", "two\nlines\n")));
        assertThat(everything()).containsExactly("shop-dev/configmap-checkout.yaml");
        assertThat(Files.readString(file(key("v1/ConfigMap", "checkout"))))
                .startsWith("""
                        # Written by Mergeway. A change made here is put right: change the spec in Git instead.
                        apiVersion: v1
                        kind: ConfigMap
                        metadata:
                          name: checkout
                          namespace: shop-dev
                          labels:
                        """)
                .contains("    mergeway.dev/environment: shop-dev\n", "  level: \"off\"\n", "  port: \"0777\"\n")
                .contains("  text: |\n    two\n    lines\n", "/data/level\n");
        target.delete(key("v1/ConfigMap", "checkout"), settings(Map.of()).owner());
        assertThat(everything()).isEmpty();
        assertThat(folder.resolve("live/shop-dev")).doesNotExist();
    }

    @Test
    void theSameResourceIsTheSameBytes() throws Exception {
        Desired settings = settings(Map.of("a", "1", "b", "2", "c", "3"));
        apply(settings);
        byte[] first = Files.readAllBytes(file(settings.key()));
        remove(settings.key());
        apply(settings);
        assertThat(Files.readAllBytes(file(settings.key()))).isEqualTo(first);
    }

    @Test
    void aSecretIsForOurEyesOnly() throws Exception {
        Desired secret = owned(
                Map.of("apiVersion", "v1", "kind", "Secret", "metadata", Map.of("name", "db", "namespace", "shop-dev")),
                new Ownership("shop", new SpecKey("shop-dev", "Deployment", "checkout"), false));
        apply(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(secret.key()))))
                .isEqualTo("rw-------");
        apply(settings(Map.of()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(key("v1/ConfigMap", "checkout")))))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void aBrokenFileIsADifferenceAndIsWrittenAgain() throws Exception {
        Desired settings = settings(Map.of("level", "info"));
        for (String spoilt :
                List.of("%s\n  : : [", "%s\ndata: {level: x, level: y}\n", "%s\n---\nsecond: document\n")) {
            apply(settings);
            Path file = file(settings.key());
            Files.writeString(file, spoilt.formatted(Files.readString(file)));
            Difference difference = compare(settings);
            assertThat(difference.action()).isEqualTo(Action.UPDATE);
            assertThat(difference.reason()).contains("configmap-checkout.yaml", "YAML");
            assertThat(target.apply(settings, difference).result()).isEqualTo(Result.UPDATED);
            assertThat(compare(settings).action()).isEqualTo(Action.UNCHANGED);
        }
    }

    @Test
    void aFileThatBrokeBelowItsHeadIsStillInTheInventoryAndDeleted() throws Exception {
        Desired settings = settings(Map.of("level", "info"));
        apply(settings);
        Path file = file(settings.key());
        Files.writeString(file, Files.readString(file) + "\"\n");
        assertThat(target.inventory("shop-dev")).singleElement().satisfies(live -> {
            assertThat(live.key()).isEqualTo(settings.key());
            assertThat(live.owner()).contains(settings.owner());
        });
        assertThat(target.delete(settings.key(), settings.owner()).result()).isEqualTo(Result.DELETED);
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        Desired settings = settings(Map.of("level", "info"));
        apply(settings);
        Path elsewhere = Files.move(file(settings.key()), folder.resolve("elsewhere.yaml"));
        String before = Files.readString(elsewhere);
        Files.createSymbolicLink(file(settings.key()), elsewhere);
        Desired changed = settings(Map.of("level", "debug"));
        assertThat(compare(changed).refused().orElseThrow().message()).contains("symbolic link");
        assertThat(apply(changed).result()).isEqualTo(Result.FAILED);
        assertThat(target.delete(settings.key(), settings.owner()).result()).isEqualTo(Result.FAILED);
        assertThat(Files.readString(elsewhere)).isEqualTo(before);
        assertThat(target.inventory("shop-dev")).isEmpty();
    }

    @Test
    void aLinkedEnvironmentIsNotWrittenThrough() throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.createDirectories(folder.resolve("live"));
        Files.createSymbolicLink(folder.resolve("live/shop-dev"), outside);
        assertThat(apply(settings(Map.of())).result()).isEqualTo(Result.FAILED);
        assertThat(outside).isEmptyDirectory();
        assertThatThrownBy(() -> target.inventory("shop-dev")).isInstanceOf(TargetException.class);
    }

    @Test
    void anEnvironmentCannotLeaveTheFolder() throws Exception {
        for (String environment : List.of("../evil", "..", ".hidden", "a/b", "", "a\0b")) {
            Desired desired = owned(
                    Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", Map.of("name", "x")),
                    new Ownership("shop", new SpecKey(environment, "Deployment", "checkout"), false));
            assertThat(compare(desired).refused()).as(environment).isPresent();
            assertThat(apply(desired).result()).isEqualTo(Result.FAILED);
            assertThat(target.inventory(environment)).isEmpty();
        }
        assertThat(folder.resolve("live")).doesNotExist();
    }

    @Test
    void aFileInTheWayOfAFolderIsSaidInPlainWords() throws Exception {
        Files.writeString(folder.resolve("live"), "a file");
        assertThatThrownBy(() -> compare(settings(Map.of())))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("target dev");
    }

    @Test
    void anotherFileOfAPersonIsNeitherListedNorTouched() throws Exception {
        apply(settings(Map.of("level", "info")));
        Path ours = file(key("v1/ConfigMap", "checkout"));
        Path copy = ours.resolveSibling("my-copy.yaml");
        Files.copy(ours, copy);
        assertThat(target.inventory("shop-dev")).hasSize(1);
        target.delete(key("v1/ConfigMap", "checkout"), settings(Map.of()).owner());
        assertThat(copy).exists();
    }

    @Test
    void anAwsResourceIsStoredWithItsLabels() throws Exception {
        ResourceKey key = new ResourceKey("aws", "dev", "AWS::SQS::Queue", "", "orders");
        Ownership owner = new Ownership("shop", new SpecKey("shop-dev", "Queue", "orders"), true);
        Desired queue = new Desired(key, owner, Map.of("QueueName", "orders", "DelaySeconds", 1L), Map.of(), Set.of());
        assertThat(apply(queue).result()).isEqualTo(Result.CREATED);
        assertThat(everything()).containsExactly("shop-dev/queue.sqs.aws-orders.yaml");
        assertThat(compare(queue).action()).isEqualTo(Action.UNCHANGED);
        Desired slower = new Desired(key, owner, Map.of("QueueName", "orders", "DelaySeconds", 9L), Map.of(), Set.of());
        assertThat(compare(slower).fields()).singleElement().satisfies(change -> {
            assertThat(change.pointer()).isEqualTo("/DelaySeconds");
            assertThat(change.before()).isEqualTo(1L);
        });
        assertThat(target.inventory("shop-dev")).singleElement().satisfies(live -> {
            assertThat(live.owner()).contains(owner);
            assertThat(Trees.text(live.body(), "/QueueUrl")).endsWith("/orders");
        });
    }

    @Test
    void comparingReadsTheFilesAskedForAlone() throws Exception {
        apply(settings(Map.of("level", "info")));
        // Would fail if it were read: no file at all.
        Files.createDirectories(folder.resolve("live/shop-dev/configmap-other.yaml"));
        assertThat(compare(settings(Map.of("level", "info"))).action()).isEqualTo(Action.UNCHANGED);
    }
}
