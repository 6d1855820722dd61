package dev.mergeway.reconciler.directory;

import java.util.Map;

/** What stands at the place of a resource. */
sealed interface Slot {
    /** Nothing. */
    record Absent() implements Slot {}

    /**
     * A file that we wrote.
     *
     * @param content what it holds
     * @param hash of its bytes
     */
    record Ours(Content content, String hash) implements Slot {}

    /**
     * A file that we wrote and that somebody made unreadable.
     *
     * @param head what comes before its spec, as far as that can be read
     * @param hash of its bytes
     */
    record Broken(Map<String, Object> head, String hash) implements Slot {}

    /**
     * Something that we did not write and never touch.
     *
     * @param what what it is, to complete 'the file … is …'
     * @param tree what it holds, empty where it can't be read
     * @param hash of its bytes, "" where it can't be read
     */
    record Foreign(String what, Map<String, Object> tree, String hash) implements Slot {}
}
