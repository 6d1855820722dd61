package dev.mergeway.schema;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** Folders of real input that lie beside the checkout, and the checkout itself. */
public final class SharedData {
    private SharedData() {}

    /**
     * A folder of the shared data; the test is skipped where it is absent. Found by the environment variable {@code
     * MERGEWAY_SHARED_DATA}, else as {@code shared/data} beside the checkout or beside any folder above it.
     */
    public static Path folder(String name) {
        String told = System.getenv("MERGEWAY_SHARED_DATA");
        if (told != null) {
            return Path.of(told, name);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = at.resolve("shared/data").resolve(name);
            if (Files.isDirectory(found)) {
                return found;
            }
        }
        return abort("no shared/data/" + name + " beside the checkout: clone it there, or set MERGEWAY_SHARED_DATA");
    }

    /** A file or folder of the checkout. */
    public static Path checkout(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".ci"))) {
                return at.resolve(name);
            }
        }
        throw new IllegalStateException("the tests run outside a checkout");
    }
}
