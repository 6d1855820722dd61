package dev.mergeway.reconciler.index;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Sets of paths by name. A copy shares the sets of the original until it changes one: its cost follows the change. */
final class PathSets {
    private final SharedMap<Set<String>> sets;
    private final Set<String> own = new HashSet<>();

    /** No sets. */
    PathSets() {
        this.sets = new SharedMap<>();
    }

    /** A copy that can be changed; the original must not be any more. */
    PathSets(PathSets original) {
        this.sets = new SharedMap<>(original.sets);
    }

    void add(String name, String path) {
        mine(name).add(path);
    }

    void remove(String name, String path) {
        Set<String> set = mine(name);
        set.remove(path);
        if (set.isEmpty()) {
            sets.set(name, Optional.empty());
        }
    }

    private Set<String> mine(String name) {
        Set<String> known = sets.get(name);
        if (known != null && own.contains(name)) {
            return known;
        }
        Set<String> copy = known == null ? new HashSet<>() : new HashSet<>(known);
        sets.set(name, Optional.of(copy));
        own.add(name);
        return copy;
    }

    /** The paths of a name; not to be changed. */
    Set<String> of(String name) {
        Set<String> known = sets.get(name);
        return known == null ? Set.of() : known;
    }

    /** All names with a path. */
    Set<String> names() {
        return sets.all().keySet();
    }
}
