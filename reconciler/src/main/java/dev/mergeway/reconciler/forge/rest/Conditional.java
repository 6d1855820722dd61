package dev.mergeway.reconciler.forge.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Answers that carried an ETag, the last used few: a forge that says 304 counts it against no limit. */
final class Conditional {
    private static final int ENTRIES = 500;
    /** Characters of the greatest answer that is kept: 500 of these are 64 MB at worst. */
    private static final int LENGTH = 64 * 1024;

    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > ENTRIES;
        }
    };

    /** An answer and its tag. */
    record Known(String tag, Reply reply) {}

    synchronized Optional<Known> of(String path) {
        return Optional.ofNullable(known.get(path));
    }

    synchronized void keep(String path, Reply reply, int length) {
        Optional<String> tag = reply.headers().firstValue("ETag");
        if (tag.isPresent() && reply.isSuccess() && length <= LENGTH) {
            known.put(path, new Known(tag.get(), reply));
        } else {
            known.remove(path);
        }
    }
}
