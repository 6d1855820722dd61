package dev.mergeway.reconciler.index;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A map by text whose copies share all that they do not change: a copy costs what was changed lately, and now and then all
 * of it, when that is put together again.
 */
final class SharedMap<V> {
    /** Changes that a copy takes along one by one. */
    private static final int FEW = 256;

    private final Map<String, V> below;
    private final boolean shared;
    private final Map<String, Optional<V>> above = new HashMap<>();

    /** An empty one. */
    SharedMap() {
        this.below = new HashMap<>();
        this.shared = false;
    }

    /** A copy that can be changed; the original must not be any more. */
    SharedMap(SharedMap<V> original) {
        boolean few = original.above.size() <= FEW;
        this.below = few ? original.below : original.together();
        this.shared = few;
        if (few) {
            above.putAll(original.above);
        }
    }

    @Nullable
    V get(String key) {
        Optional<V> changed = above.get(key);
        return changed == null ? below.get(key) : changed.orElse(null);
    }

    /** Puts a value, or takes it away where there is none. */
    void set(String key, Optional<V> value) {
        if (shared) {
            above.put(key, value);
        } else {
            value.ifPresentOrElse(some -> below.put(key, some), () -> below.remove(key));
        }
    }

    /** All of it; not to be changed. Costs all of it where anything changed. */
    Map<String, V> all() {
        return Collections.unmodifiableMap(above.isEmpty() ? below : together());
    }

    private Map<String, V> together() {
        Map<String, V> together = new HashMap<>(below);
        above.forEach(
                (key, value) -> value.ifPresentOrElse(some -> together.put(key, some), () -> together.remove(key)));
        return together;
    }
}
