package dev.mergeway.schema.blueprint;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A desired body as expressions see it, which notices when something is read that is not there. */
final class SiblingMap extends AbstractMap<String, Object> {
    private final Map<String, Object> entries;
    private final Misses misses;

    private SiblingMap(Map<String, Object> entries, Misses misses) {
        this.entries = entries;
        this.misses = misses;
    }

    /** Whether anything was read that is not in a desired body, so that only the live one can tell. */
    static final class Misses {
        private boolean any;

        void reset() {
            any = false;
        }

        boolean any() {
            return any;
        }
    }

    /** A view of a tree that CEL can read. */
    static Object of(Object tree, Misses misses) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> entries = LinkedHashMap.newLinkedHashMap(map.size());
            map.forEach((name, value) -> entries.put(String.valueOf(name), of(value, misses)));
            return new SiblingMap(Collections.unmodifiableMap(entries), misses);
        } else if (tree instanceof List<?> list) {
            List<Object> items = new ArrayList<>(list.size());
            list.forEach(item -> items.add(of(item, misses)));
            return Collections.unmodifiableList(items);
        }
        return tree;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        Object value = entries.get(name);
        misses.any |= value == null;
        return value;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        boolean there = entries.containsKey(name);
        misses.any |= !there;
        return there;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return entries.entrySet();
    }
}
