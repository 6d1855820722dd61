package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.schema.model.ResourceKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where to look for what releases left that did not go through: neither what was applied last nor what is wanted now need
 * name it, so that the live inventory must tell.
 *
 * @param repositories names of the repositories of which all that they want is planned
 * @param files by resource that is known the file that its spec was in
 */
record Left(Set<String> repositories, Map<ResourceKey, String> files) {
    /** After a release that went through there is nothing to look for. */
    static final Left NOTHING = new Left(Set.of(), Map.of());

    Left {
        repositories = Set.copyOf(repositories);
        files = Map.copyOf(files);
    }

    /** What may be left of an environment of which these repositories are planned whole. */
    static Left in(String environment, List<Side> whole, Ledger ledger) {
        Map<ResourceKey, String> files = new HashMap<>();
        Ledger.Filter all = new Ledger.Filter(environment, "", "");
        Ledger.each(after -> ledger.resources(all, after, 500), state -> files.put(state.key(), state.file()));
        return new Left(whole.stream().map(side -> side.repository().name()).collect(Collectors.toSet()), files);
    }

    /** Whether there may be anything. */
    boolean isAnywhere() {
        return !repositories.isEmpty();
    }

    /** Files that something may be left of, which no tip need have any more. */
    Set<String> paths() {
        return new HashSet<>(files.values());
    }

    /** Targets that something may be left in, though the environment does not have them (any more). */
    Set<String> targets() {
        return files.keySet().stream().map(ResourceKey::target).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The file that a resource came from, "" where nobody knows. */
    String file(ResourceKey key) {
        return files.getOrDefault(key, "");
    }
}
