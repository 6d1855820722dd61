package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.directory.DirectoryTarget;
import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.schema.model.ResourceKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A look around reads no spec of what was found as applied and has not moved since, and never overlooks what has. */
class CalmTest {
    @TempDir
    private Path folder = Path.of(".");

    private MoodyTarget target;
    private Workshop workshop;
    private Path live;

    @BeforeEach
    void begin() throws Exception {
        live = folder.resolve("live");
        target = new MoodyTarget(new DirectoryTarget("local", live));
        target.watching = true;
        workshop = new Workshop(folder, Lab.SHOP, null, target);
        Map<String, String> files = new HashMap<>();
        files.put(Sample.DECLARED, Sample.environment("dev"));
        for (String name : Set.of("a", "b", "c")) {
            files.put("dev/" + name + ".yaml", Sample.workload(name, ""));
        }
        workshop.commit("main", files);
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(compared()).as("the first look").contains("a", "b", "c");
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    /** Looks at everything; gives names of what was compared. */
    private Set<String> compared() throws Exception {
        target.compared.clear();
        workshop.drift();
        Set<String> names = new TreeSet<>();
        target.compared.stream().map(ResourceKey::name).forEach(names::add);
        return names;
    }

    private void edit(String name, String from, String to) throws Exception {
        try (var files = Files.walk(live)) {
            Path file = files.filter(each -> each.getFileName().toString().matches("deployment.*\\b" + name + "\\b.*"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readString(file)).contains(from);
            Files.writeString(file, Files.readString(file).replace(from, to));
        }
    }

    @Test
    void atRestNothingIsCompared() throws Exception {
        assertThat(compared()).isEmpty();
        assertThat(workshop.environment().sync()).isEqualTo(Sync.SYNCED);
    }

    @Test
    void whatMovedIsComparedAndPutRight() throws Exception {
        edit("b", "nginx:1.29", "nginx:0");
        assertThat(compared()).containsExactly("b");
        assertThat(target.applied.getLast().name()).isEqualTo("b");
        assertThat(workshop.environment().message()).startsWith("put right what was changed by hand: Deployment b");
        assertThat(compared()).isEmpty();
    }

    @Test
    void whatIsOnlyReportedIsComparedEachTime() throws Exception {
        workshop.commit(
                "main",
                Map.of(Sample.DECLARED, Sample.environment("dev").replace("spec: {", "spec: { drift: report,")));
        workshop.release();
        workshop.drift();
        edit("b", "nginx:1.29", "nginx:0");
        assertThat(compared()).containsExactly("b");
        assertThat(compared()).containsExactly("b");
        assertThat(workshop.environment().message()).startsWith("changed by hand: Deployment b");
        edit("b", "nginx:0", "nginx:1.29");
        compared();
        assertThat(workshop.environment().sync()).isEqualTo(Sync.SYNCED);
        assertThat(compared()).isEmpty();
    }

    @Test
    void afterEachReleaseEverythingIsComparedOnce() throws Exception {
        workshop.commit("main", Map.of("dev/a.yaml", Sample.workload("a", "  replicas: 2\n")));
        workshop.release();
        assertThat(compared()).contains("a", "b", "c");
        assertThat(compared()).isEmpty();
    }

    @Test
    void whereNothingWatchesEverythingIsCompared() throws Exception {
        target.watching = false;
        assertThat(compared()).contains("a", "b", "c");
    }

    @Test
    void whatWaitsForSomethingLiveIsComparedEachTime() throws Exception {
        workshop.commit(
                "main",
                Map.of(
                        "dev/d.yaml",
                        Sample.workload("d", """
                                  resources: { db: { type: postgres } }
                                """)
                                .replace(
                                        "\"nginx:1.29\"",
                                        "\"nginx:1.29\", variables: { PASSWORD: \"${resources.db.password}\" }")));
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
        workshop.drift();
        assertThat(compared()).isNotEmpty().doesNotContain("a", "b", "c");
    }

    @Test
    void whatIsNotWellIsComparedEachTime() throws Exception {
        target.starting = true;
        workshop.commit("main", Map.of("dev/d.yaml", Sample.workload("d", "")));
        workshop.release();
        workshop.drift();
        assertThat(compared()).containsExactly("d");
        target.starting = false;
        workshop.drift();
        assertThat(compared()).isEmpty();
    }

    @Test
    void nothingIsCalmWhileTheTargetIsAway() throws Exception {
        workshop.commit("main", Map.of("dev/a.yaml", Sample.workload("a", "  replicas: 2\n")));
        workshop.release();
        target.away = true;
        workshop.drift();
        target.away = false;
        assertThat(compared()).contains("a", "b", "c");
    }
}
