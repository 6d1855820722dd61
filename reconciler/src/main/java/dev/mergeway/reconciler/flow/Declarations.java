package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.SpecChecks;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.schema.FileContent;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Finding;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Who declares an environment, now and before. Of the repositories that take part, what a plan is about counts; of the
 * others, their tracked branch. What a platform repository declares is no other's to declare otherwise.
 */
final class Declarations {
    private final Library library;
    private final Question question;
    private final Collection<String> targets;
    private final List<Side> tips;
    private final List<Side> sides;
    private final Set<String> anywhere = new TreeSet<>();
    private final Set<String> ofPlatforms = new TreeSet<>();

    Declarations(Library library, Question question, Collection<String> targets) throws RepositoryException {
        this.library = library;
        this.question = question;
        this.targets = targets;
        this.tips = library.tips(library.offer());
        this.sides = Stream.concat(absent(), question.pairs().stream().map(Pair::after))
                .toList();
        sides.forEach(side -> {
            anywhere.addAll(side.index().environments());
            if (isPlatform(side)) {
                ofPlatforms.addAll(side.index().environments());
            }
        });
    }

    /** What all repositories say now. */
    List<Side> sides() {
        return sides;
    }

    /** What is held against the specs of a side. */
    SpecChecks checks(Side side) {
        return new SpecChecks(side.repository(), side.index(), anywhere, ofPlatforms, targets);
    }

    /** Whether a side's own declaration of an environment has any effect. */
    boolean counts(Side side, String name) {
        return isPlatform(side) || !ofPlatforms.contains(name);
    }

    /** The environment as a side declares it, else as another repository does. */
    Optional<Environment> now(Side side, String name) {
        return declaration(side, name, question.offer(), pair -> Optional.of(pair.after()));
    }

    /** The environment as a side declared it, else as another repository did. */
    Optional<Environment> before(Side side, String name) {
        return declaration(side, name, question.offerBefore(), Pair::known);
    }

    /** Whether a repository declared the environment in the very same way before. */
    boolean isUnchanged(Pair pair, Environment now) {
        return pair.known()
                .flatMap(side -> library.declared(side, now.name(), question.offerBefore()))
                .filter(was -> was.spec().body().equals(now.spec().body()))
                .isPresent();
    }

    /**
     * Whether an environment that another repository declared is declared no more. What this one has in it goes along,
     * whatever its files say by now: it lives in what is taken away, so that leaving it out would only leave it unsaid.
     */
    boolean goesAlong(Pair pair, String name) {
        return now(pair.after(), name).isEmpty()
                && pair.known()
                        .filter(side -> side.index().declares(name).isEmpty())
                        .flatMap(side -> before(side, name))
                        .isPresent();
    }

    /** Mistakes in the file that declares an environment, wherever that file is; that it lives where there is no target is one. */
    List<Finding> wrong(Side side, Environment environment) {
        String file = environment.spec().document().file();
        return Stream.concat(Stream.of(side), tips.stream())
                .filter(each -> each.index()
                        .declares(environment.name())
                        .filter(file::equals)
                        .isPresent())
                .findFirst()
                .map(each -> {
                    FileContent content = library.read(each.snapshot(), file, question.offer());
                    return Stream.concat(
                            content.findings().stream(),
                            checks(each).check(content).stream()
                                    .filter(finding -> finding.rule().equals(SpecChecks.UNKNOWN_TARGET)));
                })
                .orElse(Stream.empty())
                .filter(Finding::isError)
                .toList();
    }

    private Optional<Environment> declaration(
            Side side, String name, Offer offer, Function<Pair, Optional<Side>> part) {
        return Stream.of(
                        Stream.of(side), absent(), question.pairs().stream().flatMap(pair -> part.apply(pair).stream()))
                .flatMap(Function.identity())
                .sorted(Comparator.comparing(each -> !isPlatform(each)))
                .flatMap(each -> library.declared(each, name, offer).stream())
                .findFirst();
    }

    /** The repositories that take no part. */
    private Stream<Side> absent() {
        return tips.stream()
                .filter(tip -> question.pairs().stream()
                        .noneMatch(pair -> pair.after().repository().equals(tip.repository())));
    }

    private static boolean isPlatform(Side side) {
        return side.repository().role() == RepositoryInfo.Role.PLATFORM;
    }
}
