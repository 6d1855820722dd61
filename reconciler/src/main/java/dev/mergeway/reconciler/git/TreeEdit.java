package dev.mergeway.reconciler.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/** Changes files of a tree. Reads and writes the folders on the way to a changed file and no others. */
final class TreeEdit {
    private final ObjectReader reader;
    private final ObjectInserter inserter;

    TreeEdit(ObjectReader reader, ObjectInserter inserter) {
        this.reader = reader;
        this.inserter = inserter;
    }

    private record Entry(String name, FileMode mode, ObjectId id) {
        /** Git sorts a folder as if its name ended in a slash. */
        byte[] order() {
            return (mode == FileMode.TREE ? name + "/" : name).getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * The tree with the changes made.
     *
     * @param tree the tree to start from, null for none
     * @param changes path to new content; an empty value deletes the file
     */
    ObjectId apply(@Nullable ObjectId tree, Map<String, Optional<byte[]>> changes) throws IOException {
        var checker = new ObjectChecker();
        for (String path : changes.keySet()) {
            checker.checkPath(path);
        }
        ObjectId edited = folder(tree, new TreeMap<>(changes));
        return edited == null ? inserter.insert(new TreeFormatter()) : edited;
    }

    private @Nullable ObjectId folder(@Nullable ObjectId tree, Map<String, Optional<byte[]>> changes)
            throws IOException {
        Map<String, Entry> entries = entries(tree);
        Map<String, Map<String, Optional<byte[]>>> folders = new TreeMap<>();
        for (var change : changes.entrySet()) {
            int slash = change.getKey().indexOf('/');
            if (slash < 0) {
                file(entries, change.getKey(), change.getValue());
            } else {
                folders.computeIfAbsent(change.getKey().substring(0, slash), name -> new TreeMap<>())
                        .put(change.getKey().substring(slash + 1), change.getValue());
            }
        }
        for (var below : folders.entrySet()) {
            Entry before = entries.get(below.getKey());
            ObjectId from = before != null && before.mode() == FileMode.TREE ? before.id() : null;
            ObjectId after = folder(from, below.getValue());
            if (after != null) {
                entries.put(below.getKey(), new Entry(below.getKey(), FileMode.TREE, after));
            } else if (from != null) {
                entries.remove(below.getKey());
            }
        }
        return entries.isEmpty() ? null : write(entries);
    }

    private void file(Map<String, Entry> entries, String name, Optional<byte[]> content) throws IOException {
        if (content.isEmpty()) {
            entries.remove(name);
            return;
        }
        Entry before = entries.get(name);
        boolean executable = before != null && before.mode() == FileMode.EXECUTABLE_FILE;
        ObjectId id = inserter.insert(Constants.OBJ_BLOB, content.get());
        entries.put(name, new Entry(name, executable ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE, id));
    }

    private Map<String, Entry> entries(@Nullable ObjectId tree) throws IOException {
        Map<String, Entry> entries = new TreeMap<>();
        if (tree != null) {
            for (var at = new CanonicalTreeParser(null, reader, tree); !at.eof(); at.next(1)) {
                String name = at.getEntryPathString();
                entries.put(name, new Entry(name, at.getEntryFileMode(), at.getEntryObjectId()));
            }
        }
        return entries;
    }

    private ObjectId write(Map<String, Entry> entries) throws IOException {
        List<Entry> sorted = new ArrayList<>(entries.values());
        sorted.sort((one, other) -> Arrays.compareUnsigned(one.order(), other.order()));
        var formatter = new TreeFormatter();
        for (Entry entry : sorted) {
            formatter.append(entry.name().getBytes(StandardCharsets.UTF_8), entry.mode(), entry.id());
        }
        return inserter.insert(formatter);
    }
}
