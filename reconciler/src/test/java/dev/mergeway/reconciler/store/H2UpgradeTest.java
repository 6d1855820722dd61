package dev.mergeway.reconciler.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2UpgradeTest extends UpgradeContract {
    @TempDir
    private Path folder = Path.of(".");

    @Override
    String url() {
        return "jdbc:h2:file:" + folder.resolve("mergeway");
    }

    @Override
    boolean h2() {
        return true;
    }
}
