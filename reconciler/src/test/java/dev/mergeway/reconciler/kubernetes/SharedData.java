package dev.mergeway.reconciler.kubernetes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Real inputs that are not in the repository. */
public final class SharedData {
    private SharedData() {}

    /** A folder of {@code MERGEWAY_SHARED_DATA}, else of {@code shared/data} beside the checkout; the test is skipped without. */
    public static Path folder(String name) {
        Optional<Path> data =
                Optional.ofNullable(System.getenv("MERGEWAY_SHARED_DATA")).map(folder -> Path.of(folder, name));
        for (Path here = Path.of("").toAbsolutePath(); here != null && data.isEmpty(); here = here.getParent()) {
            data = Optional.of(here.resolve("shared/data").resolve(name)).filter(Files::isDirectory);
        }
        Assumptions.assumeTrue(data.isPresent(), "no shared data beside the checkout");
        return data.orElseThrow();
    }
}
