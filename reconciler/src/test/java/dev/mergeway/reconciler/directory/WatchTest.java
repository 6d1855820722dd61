package dev.mergeway.reconciler.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.port.Target;
import dev.mergeway.reconciler.resource.Desired;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Trees;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.SpecKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    // More than the events that the JDK keeps of a folder before it gives up counting: 512.
    private static final int MANY = 700;

    @TempDir
    Path folder = Path.of(".");

    private final Set<Target.Change> told = ConcurrentHashMap.newKeySet();
    private DirectoryTarget target = new DirectoryTarget("dev", folder);

    @BeforeEach
    void open() {
        target = new DirectoryTarget("dev", folder);
    }

    @AfterEach
    void close() {
        target.close();
    }

    private static Desired desired(String environment, int number) {
        String name = "settings-" + number;
        ResourceKey key = new ResourceKey("kubernetes", "dev", "v1/ConfigMap", environment, name);
        Ownership owner = new Ownership("shop", new SpecKey(environment, "Deployment", "checkout"), false);
        Map<String, Object> body = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", name, "namespace", environment, "labels", owner.labels()),
                "data",
                Map.of("level", "info"));
        return new Desired(key, owner, Trees.copy(body), Map.of(), Set.of());
    }

    private void apply(Desired desired) throws Exception {
        target.apply(desired, target.compare(List.of(desired)).getFirst());
    }

    private Path file(Desired desired) {
        String environment = desired.owner().spec().environment();
        return folder.resolve(environment).resolve(FileNames.of(desired.key(), environment));
    }

    private void edit(Path file) throws IOException {
        Files.writeString(file, Files.readString(file).replace("info", "debug"));
    }

    private void untilTold(Desired desired) {
        Target.Change change = new Target.Change(desired.owner().spec().environment(), desired.key());
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(30))
                .until(() -> told.contains(change));
    }

    @Test
    void tellsEveryEditOfManyAndNoneOfOurOwnWrites() throws Exception {
        List<Desired> many = IntStream.range(0, MANY)
                .mapToObj(number -> desired("shop-dev", number))
                .toList();
        target.watch(told::add);
        for (Desired one : many) {
            apply(one);
        }
        Desired last = desired("other", 1);
        apply(last);
        edit(file(last));
        untilTold(last);
        assertThat(told).as("our own writes").hasSize(1);
        for (Desired one : many) {
            edit(file(one));
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> told.size() == MANY + 1);
    }

    @Test
    void tellsWhatWasThereBeforeItAndWhatComesBack() throws Exception {
        Desired one = desired("shop-dev", 1);
        apply(one);
        target.close();
        // As after a restart: nothing is remembered.
        target = new DirectoryTarget("dev", folder);
        target.watch(told::add);
        Desired marker = desired("shop-dev", 2);
        apply(marker);
        edit(file(marker));
        untilTold(marker);
        Path kept = Files.move(file(one), folder.resolve("kept"));
        untilTold(one);
        told.clear();
        Files.move(kept, file(one));
        untilTold(one);
    }

    @Test
    void tellsAllOfAFolderThatIsRemovedAndMadeAgain() throws Exception {
        Desired one = desired("shop-dev", 1);
        target.watch(told::add);
        apply(one);
        String text = Files.readString(file(one));
        try (Stream<Path> files = Files.list(folder.resolve("shop-dev"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder.resolve("shop-dev"));
        untilTold(one);
        told.clear();
        Files.createDirectory(folder.resolve("shop-dev"));
        Files.writeString(file(one), text);
        untilTold(one);
    }

    @Test
    void saysNothingOfAPersonsOwnFiles() throws Exception {
        target.watch(told::add);
        Desired one = desired("shop-dev", 1);
        apply(one);
        Files.writeString(folder.resolve("shop-dev/notes.yaml"), "mine: true\n");
        Files.writeString(folder.resolve("shop-dev/.hidden.yaml"), "mine: true\n");
        edit(file(one));
        untilTold(one);
        assertThat(told).hasSize(1);
    }
}
