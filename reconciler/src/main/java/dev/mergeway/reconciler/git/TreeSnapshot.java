package dev.mergeway.reconciler.git;

import dev.mergeway.reconciler.git.Folders.Entry;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * The files of a tree, read straight from the object store: there is no working tree, so a symbolic link is four bytes of
 * mode and a text, and leads nowhere. A repository that cannot be read is an {@link UncheckedIOException}, never an empty
 * answer.
 */
final class TreeSnapshot implements Snapshot {
    /** Paths that {@link #below} lists; of more it says so, since nobody can tell what is missing from a part. */
    static final int MOST_PATHS = 100_000;

    private final String commit;
    private final ObjectId tree;
    private final Repository git;
    private final Gate gate;
    private final Folders folders;
    private final int largestFile;

    /** @param largestFile bytes of the largest file that is read */
    TreeSnapshot(String commit, ObjectId tree, Repository git, Gate gate, Folders folders, int largestFile) {
        this.commit = commit;
        this.tree = tree;
        this.git = git;
        this.gate = gate;
        this.folders = folders;
        this.largestFile = largestFile;
    }

    @Override
    public String commit() {
        return commit;
    }

    @Override
    public Optional<byte[]> read(String path) {
        return reading(path, reader -> {
            Entry entry = find(reader, path);
            if (entry == null || !regular(entry.mode())) {
                return Optional.empty();
            }
            var loader = reader.open(entry.id(), Constants.OBJ_BLOB);
            return loader.getSize() > largestFile
                    ? Optional.empty()
                    : Optional.of(loader.getCachedBytes(largestFile).clone());
        });
    }

    @Override
    public Optional<String> contentId(String path) {
        return reading(path, reader -> {
            Entry entry = find(reader, path);
            return entry == null || !regular(entry.mode())
                    ? Optional.empty()
                    : Optional.of(entry.id().name());
        });
    }

    @Override
    public Optional<String> unread(String path) {
        return reading(path, reader -> {
            Entry entry = find(reader, path);
            if (entry == null || entry.mode() == FileMode.TREE) {
                return Optional.empty();
            }
            if (entry.mode() == FileMode.SYMLINK) {
                return Optional.of("is a symbolic link, and links are never followed: put the file itself here");
            }
            if (entry.mode() == FileMode.GITLINK) {
                return Optional.of("is a submodule, and submodules are never read: put the files themselves here");
            }
            long size = reader.getObjectSize(entry.id(), Constants.OBJ_BLOB);
            return size > largestFile
                    ? Optional.of("has " + size + " bytes, and at most " + largestFile + " are read: split it")
                    : Optional.empty();
        });
    }

    @Override
    public List<String> below(String folder) {
        return below(folder, path -> true);
    }

    @Override
    public List<String> below(String folder, Predicate<String> wanted) {
        String clean = folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
        return reading(folder, reader -> {
            ObjectId start = clean.isEmpty() ? tree : folderAt(reader, clean);
            return start == null ? List.of() : list(reader, start, clean.isEmpty() ? "" : clean + "/", wanted);
        });
    }

    private List<String> list(ObjectReader reader, ObjectId start, String prefix, Predicate<String> wanted)
            throws IOException, RepositoryException {
        List<String> paths = new ArrayList<>();
        try (var walk = new TreeWalk(reader)) {
            walk.addTree(start);
            walk.setRecursive(true);
            while (walk.next()) {
                String path = prefix + walk.getPathString();
                if (regular(walk.getFileMode(0)) && wanted.test(path)) {
                    paths.add(path);
                }
                if (paths.size() > MOST_PATHS) {
                    var why = new IOException("there are more than " + MOST_PATHS + " files to look at");
                    throw gate.failure("listing " + commit, why.getMessage(), "Split the repository.", false, why);
                }
            }
        }
        Collections.sort(paths);
        return Collections.unmodifiableList(paths);
    }

    private @Nullable ObjectId folderAt(ObjectReader reader, String path) throws IOException {
        Entry entry = find(reader, path);
        return entry == null || entry.mode() != FileMode.TREE ? null : entry.id();
    }

    /** Walks down name by name; "", "." and ".." are no names in a tree, so a path out of it finds nothing. */
    private @Nullable Entry find(ObjectReader reader, String path) throws IOException {
        ObjectId at = tree;
        for (int from = 0; ; ) {
            int slash = path.indexOf('/', from);
            Entry entry = folders.find(reader, at, path.substring(from, slash < 0 ? path.length() : slash));
            if (slash < 0 || entry == null) {
                return entry;
            }
            if (entry.mode() != FileMode.TREE) {
                return null;
            }
            at = entry.id();
            from = slash + 1;
        }
    }

    private static boolean regular(FileMode mode) {
        return mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE;
    }

    private interface Reading<T> {
        T from(ObjectReader reader) throws IOException, RepositoryException;
    }

    private <T> T reading(String path, Reading<T> reading) {
        try {
            return gate.through("reading " + path + " of " + commit, () -> {
                try (ObjectReader reader = git.newObjectReader()) {
                    return reading.from(reader);
                }
            });
        } catch (RepositoryException e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }
}
