package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.directory.DirectoryTarget;
import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import dev.mergeway.reconciler.run.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is changed by hand is put right where nothing is lost by that and nobody has to be asked, and told otherwise. */
class DriftTest {
    private static final String STORE = "  resources: { store: { type: volume, params: { storageGb: 30 } } }\n";

    @TempDir
    private Path folder = Path.of(".");

    private MoodyTarget target;
    private Workshop workshop;
    private Path live;

    @BeforeEach
    void begin() throws Exception {
        live = folder.resolve("live");
        target = new MoodyTarget(new DirectoryTarget("local", live));
        workshop = new Workshop(folder, Lab.SHOP, null, target);
        workshop.commit(
                "main", Map.of(Sample.DECLARED, Sample.environment("dev"), "dev/a.yaml", Sample.workload("a", STORE)));
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        workshop.drift();
        target.applied.clear();
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    private Path file(String kind) throws Exception {
        try (var files = Files.list(live.resolve("shop-dev"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(kind))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void edit(Path file, String from, String to) throws Exception {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    @ParameterizedTest
    @CsvSource({"REPLACE, and lose the data in it", "ADOPT, somebody else has a say"})
    void whatDestroysOrWantsAnApprovalIsLeftAndToldUntilItIsUndone(Action action, String words) throws Exception {
        target.moods.put("PersistentVolumeClaim", action);
        edit(file("persistentvolumeclaim"), "30Gi", "20Gi");
        edit(file("deployment"), "nginx:1.29", "nginx:0");
        workshop.drift();

        assertThat(Files.readString(file("persistentvolumeclaim"))).contains("20Gi");
        assertThat(Files.readString(file("deployment"))).contains("nginx:1.29");
        assertThat(target.applied).hasSize(1);
        assertThat(workshop.environment().sync()).isEqualTo(Sync.OUT_OF_SYNC);
        assertThat(workshop.environment().message())
                .startsWith("changed by hand: PersistentVolumeClaim")
                .contains(words, "It is the turn of the spec's author.", "pull request");

        workshop.drift();
        workshop.glance();
        assertThat(target.applied).as("looked at again").hasSize(1);
        assertThat(workshop.environment().sync()).isEqualTo(Sync.OUT_OF_SYNC);

        edit(file("persistentvolumeclaim"), "20Gi", "30Gi");
        workshop.drift();
        assertThat(workshop.environment().sync()).isEqualTo(Sync.SYNCED);
    }

    @Test
    void whatHoldsNoDataIsNotReplacedEither() throws Exception {
        target.moods.put("Deployment", Action.REPLACE);
        edit(file("deployment"), "nginx:1.29", "nginx:0");
        workshop.drift();
        assertThat(target.applied).isEmpty();
        assertThat(workshop.environment().message())
                .contains("would delete Deployment a and make it again")
                .doesNotContain("lose the data");
    }
}
