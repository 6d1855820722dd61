package dev.mergeway.reconciler.forge.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Times of everything whose change shows that a reference of a bare repository moved. Git moves one by renaming a file into
 * its folder, or by renaming a new {@code packed-refs} into place: some three {@code stat} calls tell, whatever its size.
 *
 * @param byPath when each of them changed last
 */
record RefTimes(Map<Path, Long> byPath) {
    /** Nothing is known yet. */
    static final RefTimes NONE = new RefTimes(Map.of());

    static final String PACKED = "packed-refs";

    /** A time this near to the look may stand for a second change within the same tick of the file system's clock. */
    private static final long RACY_MILLIS = 300;

    /** The same for a file system that keeps whole seconds. */
    private static final long RACY_MILLIS_COARSE = 1_100;

    /** The times now; a folder that did not change since then is not listed again. */
    static RefTimes of(Path repository, RefTimes then) {
        Map<Path, Long> times = new HashMap<>();
        List<Path> subfolders = new ArrayList<>(List.of(repository.resolve("refs/heads")));
        subfolders.add(repository.resolve("refs/tags"));
        add(times, repository.resolve(PACKED));
        while (!subfolders.isEmpty()) {
            Path folder = subfolders.removeLast();
            if (!add(times, folder)) {
                continue;
            }
            if (Objects.equals(times.get(folder), then.byPath().get(folder))) {
                then.byPath().keySet().stream()
                        .filter(other -> folder.equals(other.getParent()))
                        .forEach(subfolders::add);
            } else {
                subfolders.addAll(foldersIn(folder));
            }
        }
        return new RefTimes(times);
    }

    private static boolean add(Map<Path, Long> times, Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            long time = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
            long tick = time % 1_000_000_000 == 0 ? RACY_MILLIS_COARSE : RACY_MILLIS;
            boolean racy =
                    System.currentTimeMillis() - attributes.lastModifiedTime().toMillis() < tick;
            times.put(path, racy ? ~time : time); // another value later: it is told once more when it is settled
            return true;
        } catch (IOException e) {
            return false; // it is not there, which the map says by not having it
        }
    }

    private static List<Path> foldersIn(Path folder) {
        try (var entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
            List<Path> folders = new ArrayList<>();
            entries.forEach(folders::add);
            return folders;
        } catch (IOException e) {
            return List.of();
        }
    }
}
