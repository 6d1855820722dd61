package dev.mergeway.reconciler.cli;

import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.reconciler.resource.CanonicalJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A working tree as if it were committed. */
public final class FolderSnapshot implements Snapshot {
    /** Stands for the id of the commit that the files are not in yet. */
    public static final String UNCOMMITTED = "0000000000000000000000000000000000000000";

    private final FolderFiles files;

    /** The files below a folder. */
    public FolderSnapshot(Path root) {
        this.files = new FolderFiles(root);
    }

    @Override
    public String commit() {
        return UNCOMMITTED;
    }

    @Override
    public Optional<String> contentId(String path) {
        return files.read(path).map(CanonicalJson::hash);
    }

    @Override
    public Optional<byte[]> read(String path) {
        return files.read(path);
    }

    @Override
    public List<String> below(String folder) {
        return files.below(folder);
    }
}
