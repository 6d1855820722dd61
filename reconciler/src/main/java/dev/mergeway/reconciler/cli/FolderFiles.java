package dev.mergeway.reconciler.cli;

import dev.mergeway.schema.model.Files;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of a folder on disk, as a working tree has them: no links, no hidden folders, nothing outside. */
public final class FolderFiles implements Files {
    /** Larger files are not read; the same limit as for a file of a commit. */
    static final long LIMIT = 1 << 20;

    private final Path root;

    /** The files below a folder. */
    public FolderFiles(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public Optional<byte[]> read(String path) {
        Path file = root.resolve(path).normalize();
        try {
            if (!file.startsWith(root)
                    || !java.nio.file.Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || !file.toRealPath().startsWith(root.toRealPath())
                    || java.nio.file.Files.size(file) > LIMIT) {
                return Optional.empty();
            }
            return Optional.of(java.nio.file.Files.readAllBytes(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> below(String folder) {
        Path start = root.resolve(folder).normalize();
        List<String> paths = new ArrayList<>();
        if (!start.startsWith(root) || !java.nio.file.Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS)) {
            return paths;
        }
        try {
            java.nio.file.Files.walkFileTree(start, new Collector(paths));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + start, e);
        }
        paths.sort(null);
        return paths;
    }

    private final class Collector extends SimpleFileVisitor<Path> {
        private final List<String> paths;

        Collector(List<String> paths) {
            this.paths = paths;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean hidden =
                    !folder.equals(root) && folder.getFileName().toString().startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                paths.add(root.relativize(file).toString().replace('\\', '/'));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}
