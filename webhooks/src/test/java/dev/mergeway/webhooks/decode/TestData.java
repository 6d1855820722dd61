package dev.mergeway.webhooks.decode;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of recorded payloads, which are not ours to commit: {@code .ci/test-data fetch} fetches them. */
final class TestData {
    private static final Path FOLDER = Optional.ofNullable(System.getenv("MERGEWAY_TEST_DATA"))
            .map(Path::of)
            .orElseGet(() -> Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                    .map(Path::of)
                    .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                    .resolve("mergeway/test-data"));

    private TestData() {}

    /** What was fetched to there; without it the test is skipped. */
    static Path at(String name) {
        Path path = FOLDER.resolve(name);
        assumeTrue(Files.exists(path), "no recorded payloads: run .ci/test-data fetch");
        return path;
    }
}
