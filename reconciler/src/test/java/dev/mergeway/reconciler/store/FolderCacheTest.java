package dev.mergeway.reconciler.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderCacheTest {
    @TempDir
    Path folder;

    private final byte[] bytes = {1, 2, 3, 4};

    @Test
    void givesBackWhatTheSameBuildKept() {
        new FolderCache(folder.resolve("new"), "1").keep("index acme/shop", bytes);

        assertThat(new FolderCache(folder.resolve("new"), "1").load("index acme/shop"))
                .contains(bytes);
        assertThat(new FolderCache(folder.resolve("new"), "2").load("index acme/shop"))
                .isEmpty();
        assertThat(new FolderCache(folder.resolve("new"), "1").load("index acme"))
                .isEmpty();
    }

    @Test
    void aDamagedFileIsNotThere() throws IOException {
        FolderCache cache = new FolderCache(folder, "1");
        cache.keep("one", bytes);
        Path file;
        try (var files = Files.list(folder)) {
            file = files.findFirst().orElseThrow();
        }
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x40;
            Files.write(file, damaged);
            assertThat(cache.load("one")).as("byte %d", at).isEmpty();
            Files.write(file, java.util.Arrays.copyOf(whole, at));
            assertThat(cache.load("one")).as("%d bytes", at).isEmpty();
        }
        Files.write(file, whole);
        assertThat(cache.load("one")).contains(bytes);
    }

    @Test
    void whatCannotBeWrittenIsOnlyNotThere() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        FolderCache cache = new FolderCache(file, "1");

        cache.keep("one", bytes);

        assertThat(cache.load("one")).isEmpty();
    }
}
