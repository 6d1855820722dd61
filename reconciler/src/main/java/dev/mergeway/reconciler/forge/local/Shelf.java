package dev.mergeway.reconciler.forge.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The files of the folder {@code mergeway} in a bare repository. A file appears whole or not at all: it is written under
 * another name, flushed to the disk and renamed, so a process killed at any moment leaves the old one or the new one (and
 * at worst a {@code .new} that nobody reads and the next writer replaces).
 */
final class Shelf {
    /** Bytes of the largest file that is read back. */
    private static final int LARGEST = 8 << 20;

    private static final String UNFINISHED = ".new";

    private final Path root;

    Shelf(Path root) {
        this.root = root;
    }

    /** Writes a file; does nothing where it reads the same already. */
    void write(String path, String text) throws IOException {
        if (read(path).filter(text::equals).isPresent()) {
            return;
        }
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try (var channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    Optional<String> read(String path) throws IOException {
        Path file = root.resolve(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than " + LARGEST + " bytes; move it away");
        }
        return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    /** Puts a file that cannot be understood aside, where a person may look at it. */
    void setAside(String path) throws IOException {
        Files.move(
                root.resolve(path),
                root.resolve(path + ".broken"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Names in a folder, shorter ones first, then by letter: numbers are in order. */
    List<String> names(String path) throws IOException {
        Path folder = root.resolve(path);
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder)) {
                files.forEach(file -> names.add(file.getFileName().toString()));
            }
        }
        names.removeIf(name -> name.endsWith(UNFINISHED) || name.endsWith(".broken"));
        names.sort(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()));
        return names;
    }
}
