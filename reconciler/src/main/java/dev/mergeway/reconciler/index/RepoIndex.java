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
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands where in one repository at one commit. Immutable; a change of specs gives a new one that shares the rest.
 */
public final class RepoIndex {
    /** The index of an empty repository. */
    public static final RepoIndex EMPTY = new RepoIndex(Map.of());

    /** Stands for the names in plain manifests, which nobody reads to make an index. */
    private static final String ANYTHING = "*";

    private final SharedMap<FileFacts> files;
    private final Placement placement;
    private final Map<String, SortedSet<String>> declared;
    private final PathSets byEnvironment;
    private final PathSets bySpec;
    private final PathSets readers;
    private final PathSets sharers;
    private final PathSets callers;
    private final PathSets byName;
    private final PathSets offers;

    /** The index of these files, by path. */
    public RepoIndex(Map<String, FileFacts> files) {
        this.files = new SharedMap<>();
        this.placement = placement(files);
        this.declared = new TreeMap<>();
        this.byEnvironment = new PathSets();
        this.bySpec = new PathSets();
        this.readers = new PathSets();
        this.sharers = new PathSets();
        this.callers = new PathSets();
        this.byName = new PathSets();
        this.offers = new PathSets();
        files.forEach((path, facts) -> {
            this.files.set(path, Optional.of(facts));
            facts.environments()
                    .forEach(name -> declared.computeIfAbsent(name, any -> new TreeSet<>())
                            .add(path));
            enter(path, Optional.empty(), Optional.of(facts));
        });
    }

    /** An index with other files in the same environments. */
    private RepoIndex(RepoIndex before, SharedMap<FileFacts> files, Set<String> changed) {
        this.files = files;
        this.placement = before.placement;
        this.declared = before.declared;
        this.byEnvironment = new PathSets(before.byEnvironment);
        this.bySpec = new PathSets(before.bySpec);
        this.readers = new PathSets(before.readers);
        this.sharers = new PathSets(before.sharers);
        this.callers = new PathSets(before.callers);
        this.byName = new PathSets(before.byName);
        this.offers = new PathSets(before.offers);
        changed.forEach(path -> enter(path, before.file(path), file(path)));
    }

    /** What a file is found by, and no more by what it was found by before. */
    private void enter(String path, Optional<FileFacts> was, Optional<FileFacts> is) {
        move(byEnvironment, path, was, is, facts -> named(path, facts));
        move(bySpec, path, was, is, facts -> within(path, facts, spec -> List.of(named(spec.kind(), spec.name()))));
        move(readers, path, was, is, RepoIndex::reads);
        move(sharers, path, was, is, facts -> within(path, facts, SpecFacts::shares));
        move(callers, path, was, is, facts -> within(path, facts, SpecFacts::calls));
        move(byName, path, was, is, facts -> within(path, facts, RepoIndex::names));
        move(offers, path, was, is, facts -> facts.isOffer() ? Set.of("") : Set.of());
    }

    private static void move(
            PathSets sets,
            String path,
            Optional<FileFacts> was,
            Optional<FileFacts> is,
            Function<FileFacts, Set<String>> names) {
        Set<String> before = was.map(names).orElse(Set.of());
        Set<String> after = is.map(names).orElse(Set.of());
        before.stream().filter(name -> !after.contains(name)).forEach(name -> sets.remove(name, path));
        after.stream().filter(name -> !before.contains(name)).forEach(name -> sets.add(name, path));
    }

    private static String named(String kind, String name) {
        return kind + '\n' + name;
    }

    private Set<String> named(String path, FileFacts facts) {
        Set<String> names = new HashSet<>(facts.environments());
        facts.specs().forEach(spec -> environmentOf(path, spec).ifPresent(names::add));
        return names;
    }

    private static Set<String> reads(FileFacts facts) {
        Set<String> reads = new HashSet<>();
        facts.specs().forEach(spec -> reads.addAll(spec.reads()));
        return reads;
    }

    private Set<String> within(String path, FileFacts facts, Function<SpecFacts, List<String>> names) {
        Set<String> within = new HashSet<>();
        facts.specs()
                .forEach(spec -> environmentOf(path, spec)
                        .ifPresent(environment ->
                                names.apply(spec).forEach(name -> within.add(within(environment, name)))));
        return within;
    }

    private static String within(String environment, String name) {
        return environment + '\n' + name;
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
        SharedMap<FileFacts> changed = new SharedMap<>(files);
        changes.forEach((path, facts) -> changed.set(path, facts.filter(some -> !some.isEmpty())));
        // What is declared where decides to which environment all other files belong.
        boolean same = changes.keySet().stream()
                .allMatch(path -> declares(files.get(path)).equals(declares(changed.get(path))));
        return same ? new RepoIndex(this, changed, changes.keySet()) : new RepoIndex(changed.all());
    }

    private static List<String> declares(@Nullable FileFacts facts) {
        return facts == null ? List.of() : facts.environments();
    }

    /** What is known of a file. */
    public Optional<FileFacts> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** All files that hold something, by path. Costs all of them. */
    public Map<String, FileFacts> files() {
        return files.all();
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
        return byEnvironment.of(environment).stream().sorted().toList();
    }

    /** The file that declares an environment; the first by path where there are two. */
    public Optional<String> declares(String environment) {
        return Optional.ofNullable(declared.get(environment)).map(SortedSet::first);
    }

    /** Names of all environments that are declared, sorted. */
    public Set<String> environments() {
        return Collections.unmodifiableSet(declared.keySet());
    }

    /** Names of all environments that are declared or that specs belong to, sorted. */
    public Set<String> environmentsNamed() {
        return new TreeSet<>(byEnvironment.names());
    }

    /** Files whose specs read the path, or a folder that it lies in. */
    public Set<String> readersOf(String path) {
        Set<String> found = new TreeSet<>();
        for (String at = path; ; at = Placement.folder(at)) {
            found.addAll(readers.of(at));
            if (at.isEmpty()) {
                return found;
            }
        }
    }

    /** Files whose specs of an environment share something of this name with others. */
    Set<String> sharersOf(String environment, String shared) {
        return Collections.unmodifiableSet(sharers.of(within(environment, shared)));
    }

    /** Files with specs of an environment that call another one of it by this name. */
    public Set<String> callersOf(String environment, String name) {
        return Collections.unmodifiableSet(callers.of(within(environment, name)));
    }

    /** Whether anything in an environment may have this name: a spec of whatever kind has it, or there are plain manifests. */
    public boolean names(String environment, String name) {
        return !byName.of(within(environment, name)).isEmpty()
                || !byName.of(within(environment, ANYTHING)).isEmpty();
    }

    private static List<String> names(SpecFacts spec) {
        return spec.kind().equals("Manifests") ? List.of(spec.name(), ANYTHING) : List.of(spec.name());
    }

    /** Files with blueprints or policies, broken ones too, sorted. */
    public List<String> offers() {
        return offers.of("").stream().sorted().toList();
    }

    /** Whether a file is one of {@link #offers()}. */
    public boolean isOffer(String path) {
        return offers.of("").contains(path);
    }

    /** Every place where a spec of the key stands: more than one is a clash. */
    public List<Place> places(SpecKey key) {
        List<Place> places = new ArrayList<>();
        for (String path : bySpec.of(within(key.environment(), named(key.kind(), key.name())))) {
            specsIn(path, key.environment())
                    .filter(spec ->
                            spec.kind().equals(key.kind()) && spec.name().equals(key.name()))
                    .forEach(spec -> places.add(new Place(path, spec.line())));
        }
        places.sort(Comparator.comparing(Place::file).thenComparing(Place::line));
        return places;
    }

    /** Gives each spec of a file that belongs to an environment to a taker, with that. */
    void specsIn(String path, BiConsumer<String, SpecFacts> taker) {
        file(path)
                .ifPresent(facts -> facts.specs()
                        .forEach(spec ->
                                environmentOf(path, spec).ifPresent(environment -> taker.accept(environment, spec))));
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
