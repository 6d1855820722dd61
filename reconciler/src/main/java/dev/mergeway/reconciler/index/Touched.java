package dev.mergeway.reconciler.index;

import dev.mergeway.schema.model.SpecKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a change of some paths touches in one environment: cost follows the change, not the size of the repository.
 *
 * @param whole whether the environment itself changed, so that all of its specs may come out differently
 * @param keys the specs that changed, or that read or share something that changed
 */
public record Touched(boolean whole, Set<SpecKey> keys) {
    /** All that is in an environment. */
    public static final Touched WHOLE = new Touched(true, Set.of());

    public Touched {
        keys = Set.copyOf(keys);
    }

    /** Whether a spec is touched. */
    public boolean covers(SpecKey key) {
        return whole || keys.contains(key);
    }

    /** What either touches. */
    public Touched and(Touched other) {
        Set<SpecKey> both = new HashSet<>(keys);
        both.addAll(other.keys);
        return new Touched(whole || other.whole, both);
    }

    /**
     * What a change touches, by environment.
     *
     * @param before the index before it
     * @param after the index after it
     * @param paths the paths that changed
     */
    public static Map<String, Touched> by(RepoIndex before, RepoIndex after, Collection<String> paths) {
        Set<String> files = new TreeSet<>(paths);
        for (String path : paths) {
            files.addAll(before.readersOf(path));
            files.addAll(after.readersOf(path));
        }
        Map<String, Set<SpecKey>> keys = new TreeMap<>();
        Map<String, Set<String>> shared = new TreeMap<>();
        Set<String> wholes = new HashSet<>();
        for (RepoIndex index : new RepoIndex[] {before, after}) {
            for (String file : files) {
                index.environmentsOf(file)
                        .forEach(environment -> keys.computeIfAbsent(environment, any -> new TreeSet<>()));
                index.file(file).ifPresent(facts -> wholes.addAll(facts.environments()));
                index.specsIn(file, (environment, spec) -> {
                    keys.computeIfAbsent(environment, any -> new TreeSet<>()).add(key(environment, spec));
                    shared.computeIfAbsent(environment, any -> new TreeSet<>()).addAll(spec.shares());
                });
            }
        }
        shared.forEach((environment, names) -> keys.computeIfAbsent(environment, any -> new TreeSet<>())
                .addAll(sharers(before, after, environment, names)));
        wholes.forEach(environment -> keys.putIfAbsent(environment, Set.of()));
        Map<String, Touched> result = new TreeMap<>();
        keys.forEach(
                (environment, touched) -> result.put(environment, new Touched(wholes.contains(environment), touched)));
        return result;
    }

    /** All environments that a repository names, each as a whole. */
    public static Map<String, Touched> everything(RepoIndex index) {
        Map<String, Touched> touched = new TreeMap<>();
        index.environmentsNamed().forEach(name -> touched.put(name, WHOLE));
        return touched;
    }

    /**
     * Specs whose kind, or any of whose resources, a changed blueprint makes.
     *
     * @param kinds the kinds whose blueprints changed
     * @param types whether a blueprint of a resource type changed, which any spec may ask for
     */
    public static Map<String, Touched> byBlueprints(RepoIndex index, Set<String> kinds, boolean types) {
        Map<String, Set<SpecKey>> keys = new TreeMap<>();
        for (String file : index.files().keySet()) {
            index.specsIn(file, (environment, spec) -> {
                if (types || kinds.contains(spec.kind())) {
                    keys.computeIfAbsent(environment, any -> new TreeSet<>()).add(key(environment, spec));
                }
            });
        }
        Map<String, Touched> touched = new TreeMap<>();
        keys.forEach((name, specs) -> touched.put(name, new Touched(false, specs)));
        return touched;
    }

    private static SpecKey key(String environment, SpecFacts spec) {
        return new SpecKey(environment, spec.kind(), spec.name());
    }

    private static Set<SpecKey> sharers(RepoIndex before, RepoIndex after, String environment, Set<String> shared) {
        Set<SpecKey> keys = new HashSet<>();
        for (RepoIndex index : new RepoIndex[] {before, after}) {
            shared.stream()
                    .flatMap(each -> index.sharersOf(environment, each).stream())
                    .distinct()
                    .flatMap(file -> index.specsIn(file, environment))
                    .filter(spec -> spec.shares().stream().anyMatch(shared::contains))
                    .forEach(spec -> keys.add(key(environment, spec)));
        }
        return keys;
    }
}
