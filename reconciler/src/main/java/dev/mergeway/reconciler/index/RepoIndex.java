package dev.mergeway.reconciler.index;

import dev.mergeway.schema.Placement;
import dev.mergeway.schema.model.SpecKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What stands where in one repository at one commit. Immutable; a change gives a new one at the cost of a shallow copy.
 */
public final class RepoIndex {
    /** The index of an empty repository. */
    public static final RepoIndex EMPTY = new RepoIndex(Map.of());

    private final Map<String, FileFacts> files;
    private final Placement placement;
    private final Map<String, Set<String>> byEnvironment;
    private final Map<String, Set<String>> readers;

    /** The index of these files, by path. */
    public RepoIndex(Map<String, FileFacts> files) {
        this.files = Collections.unmodifiableMap(new HashMap<>(files));
        this.placement = placement(files);
        this.byEnvironment = new HashMap<>();
        this.readers = new HashMap<>();
        files.forEach(this::enter);
    }

    private void enter(String path, FileFacts facts) {
        facts.environments()
                .forEach(name -> byEnvironment
                        .computeIfAbsent(name, any -> new HashSet<>())
                        .add(path));
        for (SpecFacts spec : facts.specs()) {
            environmentOf(path, spec)
                    .ifPresent(name -> byEnvironment
                            .computeIfAbsent(name, any -> new HashSet<>())
                            .add(path));
            spec.reads()
                    .forEach(read -> readers.computeIfAbsent(read, any -> new HashSet<>())
                            .add(path));
        }
    }

    private static Placement placement(Map<String, FileFacts> files) {
        Map<String, String> byFolder = new HashMap<>();
        Set<String> several = new HashSet<>();
        files.forEach((path, facts) -> {
            String folder = Placement.folder(path);
            for (String environment : facts.environments()) {
                if (byFolder.putIfAbsent(folder, environment) != null) {
                    several.add(folder);
                }
            }
        });
        several.forEach(byFolder::remove);
        return new Placement(byFolder);
    }

    /** This index with some files changed; an empty value means that the file holds nothing (any more). */
    public RepoIndex with(Map<String, Optional<FileFacts>> changes) {
        Map<String, FileFacts> changed = new HashMap<>(files);
        changes.forEach((path, facts) -> facts.filter(some -> !some.isEmpty())
                .ifPresentOrElse(some -> changed.put(path, some), () -> changed.remove(path)));
        return new RepoIndex(changed);
    }

    /** What is known of a file. */
    public Optional<FileFacts> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** All files that hold something, by path. */
    public Map<String, FileFacts> files() {
        return files;
    }

    /** Which folder belongs to which environment. */
    public Placement placement() {
        return placement;
    }

    /** The environment that a spec of a file belongs to. */
    public Optional<String> environmentOf(String path, SpecFacts spec) {
        return spec.environment() != null ? Optional.of(spec.environment()) : placement.nearest(Placement.folder(path));
    }

    /**
     * Names of the environments that a file is about, sorted: those that it declares or has specs of, and where something
     * in it is wrong, so that a spec may be missing here, the one that its folder belongs to.
     */
    public Set<String> environmentsOf(String path) {
        FileFacts facts = files.get(path);
        if (facts == null) {
            return Set.of();
        }
        Set<String> names = new TreeSet<>(facts.environments());
        facts.specs().forEach(spec -> environmentOf(path, spec).ifPresent(names::add));
        if (facts.broken()) {
            placement.nearest(Placement.folder(path)).ifPresent(names::add);
        }
        return names;
    }

    /** Paths of the files that declare an environment or hold specs of it, sorted. */
    public List<String> filesOf(String environment) {
        return byEnvironment.getOrDefault(environment, Set.of()).stream()
                .sorted()
                .toList();
    }

    /** The file that declares an environment; the first by path where there are two. */
    public Optional<String> declares(String environment) {
        return byEnvironment.getOrDefault(environment, Set.of()).stream()
                .filter(path -> file(path)
                        .filter(facts -> facts.environments().contains(environment))
                        .isPresent())
                .min(Comparator.naturalOrder());
    }

    /** Names of all environments that are declared, sorted. */
    public Set<String> environments() {
        Set<String> names = new TreeSet<>();
        files.values().forEach(facts -> names.addAll(facts.environments()));
        return names;
    }

    /** Names of all environments that are declared or that specs belong to, sorted. */
    public Set<String> environmentsNamed() {
        return new TreeSet<>(byEnvironment.keySet());
    }

    /** Files whose specs read the path, or a folder that it lies in. */
    public Set<String> readersOf(String path) {
        Set<String> found = new TreeSet<>();
        for (String at = path; ; at = Placement.folder(at)) {
            found.addAll(readers.getOrDefault(at, Set.of()));
            if (at.isEmpty()) {
                return found;
            }
        }
    }

    /** Files with blueprints or policies, sorted. */
    public List<String> offers() {
        return files.entrySet().stream()
                .filter(entry -> !entry.getValue().blueprints().isEmpty()
                        || entry.getValue().policies())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Every place where a spec of the key stands: more than one is a clash. */
    public List<Place> places(SpecKey key) {
        List<Place> places = new ArrayList<>();
        for (String path : byEnvironment.getOrDefault(key.environment(), Set.of())) {
            specsIn(path, key.environment())
                    .filter(spec ->
                            spec.kind().equals(key.kind()) && spec.name().equals(key.name()))
                    .forEach(spec -> places.add(new Place(path, spec.line())));
        }
        places.sort(Comparator.comparing(Place::file).thenComparing(Place::line));
        return places;
    }

    /** The specs of a file that belong to an environment. */
    public Stream<SpecFacts> specsIn(String path, String environment) {
        FileFacts facts = files.get(path);
        return facts == null
                ? Stream.empty()
                : facts.specs().stream()
                        .filter(spec -> environmentOf(path, spec)
                                .filter(environment::equals)
                                .isPresent());
    }

    /** A line of a file. */
    public record Place(String file, int line) {}
}
