package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.report.Notes;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is answered to a command in a comment of its own: where there are no comments to read, it is below the plan. */
class BesideThePlanTest {
    @TempDir
    private Path folder = Path.of(".");

    private Workshop workshop;

    @BeforeEach
    void begin() throws Exception {
        workshop = new Workshop(folder);
        workshop.commit("main", Map.of(Sample.DECLARED, Sample.environment("dev")));
        workshop.release();
        workshop.push(Map.of("dev/a.yaml", Sample.workload("a", "")));
        workshop.run(workshop.review);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    private String page() {
        return workshop.store().pull("shop", 7).orElseThrow().comment();
    }

    @Test
    void isBelowThePlanOnceUntilThatIsSaidAgain() {
        workshop.forge.commanding = "git push";
        String plan = page();
        workshop.says("/mergeway aprove");
        workshop.settle();
        workshop.says("/mergeway help");
        workshop.settle();
        assertThat(page())
                .startsWith(plan)
                .containsOnlyOnce("### What you can say here")
                .doesNotContain(Notes.HELP);
        assertThat(workshop.forge.comments.get(7)).isEqualTo(page());
        workshop.run(workshop.review);
        assertThat(page()).contains("### Ready to merge").doesNotContain("### What you can say here");
    }

    @Test
    void isACommentOfItsOwnWhereThereAreComments() {
        String plan = page();
        workshop.says("/mergeway help");
        workshop.settle();
        assertThat(page()).isEqualTo(plan);
    }
}
