package dev.mergeway.reconciler.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.reconciler.run.RunState;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pull request of which nothing comes though something is asked for: that is said, in the comment and in its status. */
class NothingComesOfItTest {
    @TempDir
    private Path folder = Path.of(".");

    private Workshop workshop;

    @BeforeEach
    void begin() throws Exception {
        workshop = new Workshop(folder);
        workshop.commit("main", Map.of(Sample.DECLARED, Sample.environment("dev")));
        assertThat(workshop.release().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    private String comment(String path, String text) throws Exception {
        workshop.push(Map.of(path, text));
        workshop.run(workshop.review);
        return String.valueOf(workshop.forge.comments.get(7));
    }

    private String status() {
        return workshop.forge.statuses.getLast();
    }

    @Test
    void aSpecInTheWrongFolder() throws Exception {
        assertThat(comment("hello.yaml", Sample.workload("hello", "")))
                .contains("### Nothing to change", "belongs to no environment")
                .doesNotContain("what is live is what is asked for");
        assertThat(status())
                .contains("SUCCESS", "Nothing to change: hello.yaml:3 Deployment hello belongs to no environment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev/hello.YAML", "dev/hello.Yml", "dev/hello.yaml.txt", "dev/hello.json", "dev/hello"})
    void aSpecInAFileThatIsNotRead(String path) throws Exception {
        assertThat(comment(path, "# says hello\n---\n" + Sample.workload("hello", "")))
                .contains("warning `" + path + ":1:1`", "is not read", "Rename it to dev/hello.yaml");
        assertThat(status()).contains("SUCCESS", "Nothing to change: " + path + ":1 ");
    }

    /** The clock of the workshop stands in 1970. */
    @Test
    void anEnvironmentWhoseTimeIsUpAlready() throws Exception {
        assertThat(comment(Sample.DECLARED, Sample.environment("dev, expires: 1969-12-31")))
                .contains("warning by `expiry`", "was up on 1969-12-31", "write a later date");
        assertThat(comment(Sample.DECLARED, Sample.environment("dev, expires: 1970-01-02")))
                .doesNotContain("`expiry`");
        assertThat(comment(Sample.DECLARED, Sample.environment("dev, expires: 7d")))
                .doesNotContain("`expiry`");
    }

    @Test
    void jsonIsASpecToo() throws Exception {
        assertThat(comment("dev/hello.json", "{\n\t\"kind\": \"Deployment\",\n\t\"apiVersion\": \"mergeway.dev/v1\"}"))
                .contains("is not read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev/README.md", "dev/hello.yaml.bak", "dev/package.json", "dev/Makefile"})
    void whatIsNoSpecIsNobodysBusiness(String path) throws Exception {
        String text =
                path.endsWith("bak") ? Sample.workload("hello", "") : "{ \"about\": \"apiVersion: mergeway.dev/v1\" }";
        assertThat(comment(path, text))
                .contains("Nothing changes: what is live is what is asked for.")
                .doesNotContain("is not read");
        assertThat(status()).endsWith("Nothing to change");
    }
}
