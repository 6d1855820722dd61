package dev.mergeway.reconciler.git;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/**
 * Folders that were read lately, by the id of their tree, so that the next file of a large folder is one look in a map.
 * Tree ids name their content: nothing here is ever stale, and commits share what they did not change.
 */
final class Folders {
    /** Larger folders are searched each time, not kept: an entry takes about 200 bytes. */
    private static final int LARGEST = 50_000;

    private final int capacity;
    private final LinkedHashMap<ObjectId, Map<String, Entry>> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final ReentrantLock lock = new ReentrantLock();
    private int entries;

    /** @param capacity entries kept over all folders; the last folder read is kept even where it alone has more */
    Folders(int capacity) {
        this.capacity = capacity;
    }

    /** What stands in a folder under a name. */
    record Entry(FileMode mode, ObjectId id) {}

    /** The entry of a name in a folder, null where there is none. */
    @Nullable
    Entry find(ObjectReader reader, ObjectId tree, String name) throws IOException {
        lock.lock();
        try {
            Map<String, Entry> known = kept.get(tree);
            if (known != null) {
                return known.get(name);
            }
        } finally {
            lock.unlock();
        }
        Map<String, Entry> read = new HashMap<>();
        for (var at = new CanonicalTreeParser(null, reader, tree); !at.eof(); at.next(1)) {
            read.put(at.getEntryPathString(), new Entry(at.getEntryFileMode(), at.getEntryObjectId()));
        }
        if (read.size() <= LARGEST) {
            keep(tree.copy(), read);
        }
        return read.get(name);
    }

    private void keep(ObjectId tree, Map<String, Entry> read) {
        lock.lock();
        try {
            if (kept.put(tree, read) == null) {
                entries += read.size();
            }
            for (var oldest = kept.entrySet().iterator(); entries > capacity && kept.size() > 1; ) {
                entries -= oldest.next().getValue().size();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }
}
