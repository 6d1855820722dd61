package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.References;
import dev.mergeway.reconciler.index.RepoIndex;
import dev.mergeway.reconciler.index.SpecFacts;
import dev.mergeway.reconciler.index.Touched;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.validate.Nearest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Specs that call another of their environment by a name that nothing in it has, since somebody mistyped it, or renames or
 * removes the other: they would call nobody. A warning, for what has the name may yet come.
 */
final class Calls {
    /** Callers that are told of one name; each is a file that is read for it. */
    private static final int MOST = 5;

    private final Library library;
    private final Offer offer;
    private final List<Side> sides;

    /** @param sides what all repositories say now */
    Calls(Library library, Offer offer, List<Side> sides) {
        this.library = library;
        this.offer = offer;
        this.sides = sides;
    }

    /** What a change leaves without anybody to answer, in one environment. */
    List<Finding> unanswered(Pair pair, String environment, Touched touched) {
        boolean isName = offer.catalogue()
                .ofType("service", "default")
                .filter(service -> service.resources().isEmpty())
                .isPresent();
        if (!isName || pair.changed().isEmpty()) {
            return List.of();
        }
        List<String> missing = names(pair, environment, touched).stream()
                .filter(name -> sides.stream().noneMatch(side -> side.index().names(environment, name)))
                .toList();
        // All that is in an environment is gone through only where somebody has to be asked what was meant.
        Set<String> known = missing.isEmpty() ? Set.of() : known(environment);
        return missing.stream()
                .flatMap(name -> callers(environment, name, known))
                .toList();
    }

    private Set<String> known(String environment) {
        Set<String> known = new HashSet<>();
        sides.forEach(side -> side.index().filesOf(environment).stream()
                .flatMap(file -> side.index().specsIn(file, environment))
                .forEach(spec -> known.add(spec.name())));
        return known;
    }

    /** Names that may have nobody now: those that touched specs call, and those that touched specs had. */
    private static Set<String> names(Pair pair, String environment, Touched touched) {
        Set<String> names = new TreeSet<>();
        specs(pair.after().index(), environment, touched).forEach(spec -> names.addAll(spec.calls()));
        pair.known().ifPresent(was -> specs(was.index(), environment, touched).forEach(spec -> names.add(spec.name())));
        return names;
    }

    private static Stream<SpecFacts> specs(RepoIndex index, String environment, Touched touched) {
        Stream<String> files = touched.whole()
                ? index.filesOf(environment).stream()
                : touched.keys().stream()
                        .flatMap(key -> index.places(key).stream())
                        .map(RepoIndex.Place::file);
        return files.distinct().flatMap(file -> index.specsIn(file, environment));
    }

    private Stream<Finding> callers(String environment, String name, Set<String> known) {
        return sides.stream()
                .flatMap(side -> side.index().callersOf(environment, name).stream()
                        .sorted()
                        .flatMap(file -> library.read(side.snapshot(), file, offer).specs().stream())
                        .filter(spec -> side.places(spec, environment)))
                .flatMap(spec -> References.calls(spec).entrySet().stream()
                        .filter(call -> call.getValue().equals(name))
                        .map(call -> finding(spec, call.getKey(), environment, name, known)))
                .limit(MOST);
    }

    private static Finding finding(Spec spec, String entry, String environment, String name, Set<String> known) {
        Set<String> others = new HashSet<>(known);
        others.remove(spec.metadata().name());
        return spec.finding(
                Severity.WARNING,
                "/resources/" + entry,
                "resources/nobody-answers",
                spec.kind() + " " + spec.metadata().name() + " calls " + name + ", and nothing in environment "
                        + environment + " has that name now.",
                Nearest.of(name, others)
                        .map(nearest -> "Did you mean " + nearest + "?")
                        .orElse("Add it, or take what calls it away."));
    }
}
