package dev.mergeway.reconciler.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.schema.model.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that the configuration's schema allows, as they are meant, or told at their line. */
class ConfigReaderTest {
    @TempDir
    Path folder;

    private ConfigReader.Read read(String more) throws IOException {
        Path file = folder.resolve("server.yaml");
        Files.writeString(file, """
                apiVersion: mergeway.dev/v1
                kind: Server
                spec:
                  forges: [ { name: here, type: local, path: ./repos } ]
                  repositories: [ { name: platform, forge: here, path: acme/platform, role: platform } ]
                  targets: [ { name: local, type: directory, path: ./live } ]
                  %s
                """.formatted(more));
        return ConfigReader.read(file, any -> null);
    }

    @ParameterizedTest
    @CsvSource({"5m, PT5M", "1h30m, PT1H30M", "2w, P14D"})
    void anIntervalIsAnySpanOfTime(String written, Duration meant) throws IOException {
        assertThat(read("reconcile: { interval: " + written + " }")
                        .config()
                        .orElseThrow()
                        .interval())
                .isEqualTo(meant);
    }

    /** One that leads out of the forge's folder would make or serve a repository elsewhere on the disk. */
    @ParameterizedTest
    @CsvSource({
        "../shop, false",
        "acme/.., false",
        "./shop, false",
        "acme/.github, true",
        "acme/a..b, true",
        "a/b/c, true"
    })
    void aPathStaysWithinItsForge(String path, boolean fits) throws IOException {
        Path file = folder.resolve("server.yaml");
        Files.writeString(file, """
                apiVersion: mergeway.dev/v1
                kind: Server
                spec:
                  forges: [ { name: here, type: local, path: ./repos } ]
                  repositories: [ { name: shop, forge: here, path: "%s", role: platform } ]
                  targets: [ { name: local, type: directory, path: ./live } ]
                """.formatted(path));
        assertThat(ConfigReader.read(file, any -> null).config().isPresent()).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "publicUrl: \"http://[x\" | This is no URL: http://[x.",
                "listen: \":99999\" | There is no port 99999."
            })
    void whatCannotBeIsToldAtItsLine(String written, String message) throws IOException {
        ConfigReader.Read read = read(written);
        assertThat(read.config()).isEmpty();
        Finding finding = read.findings().getFirst();
        assertThat(finding.message()).isEqualTo(message);
        assertThat(finding.position().line()).isEqualTo(7);
    }

    @Test
    void secretsAreNotNeededForTheRulesOfRepositories() throws IOException {
        Path file = folder.resolve("server.yaml");
        Files.writeString(file, """
                apiVersion: mergeway.dev/v1
                kind: Server
                spec:
                  forges:
                    - { name: hub, type: gitea, url: "https://git.example.com", token: { env: GONE }, webhookSecret: { file: ./gone } }
                  repositories: [ { name: platform, forge: hub, path: acme/platform, role: platform } ]
                  targets: [ { name: local, type: directory, path: ./live } ]
                """);
        assertThat(ConfigReader.read(file, any -> null).findings()).hasSize(2);
        ConfigReader.Read read = ConfigReader.withoutSecrets(file);
        assertThat(read.findings()).isEmpty();
        assertThat(read.config().orElseThrow().repositories()).hasSize(1);
    }

    @Test
    void nothingElseIsWrongWithIt() throws IOException {
        assertThat(read("").findings()).isEmpty();
    }
}
