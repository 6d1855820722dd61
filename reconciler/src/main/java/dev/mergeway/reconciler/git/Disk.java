package dev.mergeway.reconciler.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/** Repositories as folders. One appears under its name only when it is whole: a process killed earlier leaves none. */
final class Disk {
    /** JGit's own configuration, in memory. */
    private static final InMemory JGIT = new InMemory();

    static {
        FS.FileStoreAttributes.setBackground(true);
        SystemReader.setInstance(new SystemReader.Delegate(SystemReader.getInstance()) {
            @Override
            public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
                return JGIT;
            }
        });
    }

    private static final class InMemory extends FileBasedConfig {
        InMemory() {
            super(null, null, FS.DETECTED);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }

    /**
     * Left alone, JGit measures the clock of each file system by writing probes beside the repository, for seconds, and
     * keeps the result in the home of whoever runs us. It is told a coarse one instead, under the key by which it looks:
     * what changed within two seconds of being read is read again. The user's own Git configuration (proxies,
     * certificates) is read as usual.
     */
    private static void assumeCoarseClock(Path folder) throws IOException {
        String key = System.getProperty("java.vendor")
                + '|'
                + System.getProperty("java.version")
                + '|'
                + Files.getFileStore(folder).name();
        if (JGIT.getString("filesystem", key, "timestampResolution") == null) {
            JGIT.setString("filesystem", key, "timestampResolution", "1 seconds");
            JGIT.setString("filesystem", key, "minRacyThreshold", "1 seconds");
        }
    }

    private Disk() {}

    /** Fills a new repository. */
    interface Filling {
        void fill(Repository empty) throws IOException, GitAPIException;
    }

    /** Opens a bare repository without looking into it. */
    static Repository open(Path folder) throws IOException {
        assumeCoarseClock(folder);
        return new FileRepositoryBuilder()
                .setGitDir(folder.toFile())
                .setBare()
                .setMustExist(true)
                .build();
    }

    /** Whether the folder looks like a bare repository. */
    static boolean holdsRepository(Path folder) {
        return Files.isRegularFile(folder.resolve(Constants.HEAD))
                && Files.isDirectory(folder.resolve(Constants.OBJECTS))
                && Files.isDirectory(folder.resolve("refs"));
    }

    /** Makes a bare repository beside its place, fills it there and moves it in, in place of what stood there. */
    static void create(Path folder, Filling filling) throws IOException, GitAPIException {
        Path place = folder.toAbsolutePath().normalize();
        assumeCoarseClock(Files.createDirectories(place.getParent()));
        Path partial = place.resolveSibling("." + place.getFileName() + ".partial");
        delete(partial);
        try (Repository made = new FileRepositoryBuilder()
                .setGitDir(partial.toFile())
                .setBare()
                .build()) {
            made.create(true);
            filling.fill(made);
        }
        delete(place);
        Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes lock files that a killed process left in a repository that only we write to. */
    static void unlock(Path folder) throws IOException {
        for (Path part : List.of(folder, folder.resolve("refs"))) {
            if (!Files.isDirectory(part)) {
                continue;
            }
            int depth = part.equals(folder) ? 1 : Integer.MAX_VALUE;
            try (var files =
                    Files.find(part, depth, (file, kind) -> file.toString().endsWith(".lock"))) {
                for (Path lock : files.toList()) {
                    Files.deleteIfExists(lock);
                }
            }
        }
    }

    /** Deletes a folder and all that is in it; links are deleted, not followed. */
    static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.deleteIfExists(folder);
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Whether there is a folder with nothing in it. */
    static boolean isEmptyFolder(Path folder) {
        File[] files = folder.toFile().listFiles();
        return files != null && files.length == 0;
    }
}
