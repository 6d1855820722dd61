package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.FileFacts;
import dev.mergeway.reconciler.index.SpecChecks;
import dev.mergeway.reconciler.index.SpecFacts;
import dev.mergeway.reconciler.index.Touched;
import dev.mergeway.reconciler.port.Meter;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.schema.FileContent;
import dev.mergeway.schema.SpecReader;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.SpecKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads and expands what a question touches, before and after, and nothing else. */
final class Expanding {
    private final Library library;
    private final Question question;
    private final Collection<String> targets;
    private final Meter meter;
    private final List<Side> tips;
    private final Map<String, Expanded> environments = new TreeMap<>();

    private Expanding(Library library, Question question, Collection<String> targets, Meter meter)
            throws RepositoryException {
        this.library = library;
        this.question = question;
        this.targets = targets;
        this.meter = meter;
        this.tips = library.tips(library.offer());
    }

    /**
     * What a question expands to.
     *
     * @param environments what each touched environment expands to, by name
     * @param findings what is wrong in files that changed
     */
    record Result(Map<String, Expanded> environments, Set<Finding> findings) {}

    /** What each touched environment expands to. */
    static Result expand(Library library, Question question, Collection<String> targets, Meter meter)
            throws RepositoryException {
        Expanding expanding = new Expanding(library, question, targets, meter);
        for (Pair pair : question.pairs()) {
            for (Map.Entry<String, Touched> touched : pair.touched().entrySet()) {
                expanding.environment(pair, touched.getKey(), touched.getValue());
            }
        }
        Set<Finding> findings = new LinkedHashSet<>();
        question.pairs().forEach(pair -> findings.addAll(expanding.changed(pair)));
        question.pairs().forEach(expanding::leftBehind);
        return new Result(expanding.environments, findings);
    }

    /** What is wrong in the files that changed, whatever environment they are about, if any. */
    private Set<Finding> changed(Pair pair) {
        Side side = pair.after();
        SpecChecks checks = checks(side);
        Set<Finding> findings = new LinkedHashSet<>();
        for (String path : pair.changed()) {
            if (SpecReader.isSpecFile(path) && (side.index().file(path).isPresent() && isOurs(pair, path))) {
                FileContent content = library.read(side.snapshot(), path, question.offer());
                findings.addAll(content.findings());
                findings.addAll(checks.check(content));
            }
        }
        return findings;
    }

    /** Whether a file is about us: others keep YAML in their repositories too, and it need not even be YAML. */
    private static boolean isOurs(Pair pair, String path) {
        Side side = pair.after();
        boolean known = !side.index().environmentsOf(path).isEmpty()
                || pair.known()
                        .filter(before -> before.index().file(path).isPresent())
                        .isPresent()
                || side.index().file(path).filter(facts -> !facts.broken()).isPresent();
        return known
                || side.snapshot()
                        .read(path)
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .filter(text -> text.contains("mergeway.dev/") || text.contains("score.dev/"))
                        .isPresent();
    }

    private void environment(Pair pair, String name, Touched touched) {
        Expanded expanded = environments.computeIfAbsent(name, Expanded::new);
        declare(pair, expanded);
        if (!goesAlong(pair, name)) {
            astray(pair, expanded, touched);
            after(pair.after(), expanded, touched);
        }
        pair.known().ifPresentOrElse(side -> before(side, expanded, touched), expanded::askInventory);
    }

    /** Declares the environment, unless its declaration changed and something in that file is wrong. */
    private void declare(Pair pair, Expanded expanded) {
        String name = expanded.environment();
        Optional<Environment> found = declared(pair.after(), name);
        List<Finding> wrong =
                found.map(environment -> wrong(pair.after(), environment)).orElse(List.of());
        boolean same = found.flatMap(is -> pair.known()
                        .flatMap(side -> library.declared(side, name, question.offerBefore()))
                        .filter(was -> was.spec().body().equals(is.spec().body())))
                .isPresent();
        if (wrong.isEmpty() || same) {
            found.ifPresent(expanded::declare);
        } else {
            expanded.findings().addAll(wrong);
            expanded.unsure();
        }
    }

    /** Mistakes in the file that declares an environment, wherever that file is. */
    private List<Finding> wrong(Side side, Environment environment) {
        String file = environment.spec().document().file();
        return Stream.concat(Stream.of(side), tips.stream())
                .filter(each -> each.index()
                        .declares(environment.name())
                        .filter(file::equals)
                        .isPresent())
                .findFirst()
                .map(each ->
                        library.read(each.snapshot(), file, question.offer()).findings())
                .orElse(List.of())
                .stream()
                .filter(Finding::isError)
                .toList();
    }

    /**
     * Files that changed, are broken and are about the environment as far as one can tell. What stood in them before stays;
     * where nothing of ours did, anything may have moved there, and where the declaration did, nothing is known any more.
     */
    private void astray(Pair pair, Expanded expanded, Touched touched) {
        String name = expanded.environment();
        Set<String> paths = new TreeSet<>(pair.changed());
        if (touched.whole()) {
            // A kind may be offered no more: then a file that did not change reads as broken.
            pair.known().ifPresent(side -> paths.addAll(side.index().filesOf(name)));
        }
        for (String path : paths) {
            boolean about = pair.after().index().environmentsOf(path).contains(name)
                    || pair.known()
                            .filter(side -> side.index().environmentsOf(path).contains(name))
                            .isPresent();
            if (!about || !SpecReader.isSpecFile(path)) {
                continue;
            }
            List<Finding> findings = library.read(pair.after().snapshot(), path, question.offer())
                    .findings();
            expanded.findings().addAll(findings);
            Optional<FileFacts> before =
                    pair.known().flatMap(side -> side.index().file(path));
            boolean declared =
                    before.filter(facts -> facts.environments().contains(name)).isPresent()
                            && expanded.declared().isEmpty();
            if (findings.stream().anyMatch(Finding::isError) && (before.isEmpty() || declared)) {
                expanded.unsure();
            }
        }
    }

    private void after(Side side, Expanded expanded, Touched touched) {
        Portion portion = portion(side, expanded.environment(), touched, question.offer());
        expanded.findings().addAll(portion.findings());
        SpecChecks checks = checks(side);
        portion.files().forEach(content -> expanded.findings().addAll(checks.check(content)));
        Set<String> broken = new TreeSet<>();
        expanded.findings().stream().filter(Finding::isError).forEach(finding -> broken.add(finding.file()));
        List<Spec> sound = portion.specs().stream()
                .filter(spec -> !broken.contains(spec.document().file()))
                .toList();
        expanded.declared().ifPresent(environment -> {
            meter.count("mergeway.specs.rendered", sound.size());
            expanded.will(
                    question.offer().expander().priced(environment, sound, side.snapshot()),
                    side.repository().name());
        });
    }

    private void before(Side side, Expanded expanded, Touched touched) {
        wasDeclared(side, expanded.environment()).ifPresent(environment -> {
            Portion portion = portion(side, expanded.environment(), touched, question.offerBefore());
            expanded.wasDeclared(environment);
            expanded.was(
                    question.offerBefore().expander().priced(environment, portion.specs(), side.snapshot()),
                    side.repository().name());
        });
    }

    /** The files of a side that hold what is touched, and the specs among them. */
    private record Portion(List<FileContent> files, List<Spec> specs, List<Finding> findings) {}

    private Portion portion(Side side, String environment, Touched touched, Offer offer) {
        List<FileContent> files = new ArrayList<>();
        List<Spec> specs = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        boolean declares =
                touched.whole() && (isPlatform(side) || !ofPlatforms().contains(environment));
        for (String path : paths(side, environment, touched)) {
            FileContent content = library.read(side.snapshot(), path, offer);
            files.add(content);
            findings.addAll(content.findings());
            if (declares) {
                content.environments().stream()
                        .filter(found -> found.name().equals(environment))
                        .forEach(found -> specs.add(found.spec()));
            }
            content.specs().stream()
                    .filter(spec -> side.places(spec, environment))
                    .filter(spec -> touched.covers(key(environment, spec)))
                    .forEach(specs::add);
        }
        return new Portion(files, specs, findings);
    }

    private static SpecKey key(String environment, Spec spec) {
        return new SpecKey(environment, spec.kind(), spec.metadata().name());
    }

    private static Set<String> paths(Side side, String environment, Touched touched) {
        if (touched.whole()) {
            return new LinkedHashSet<>(side.index().filesOf(environment));
        }
        Set<String> paths = new TreeSet<>();
        for (SpecKey key : touched.keys()) {
            side.index().places(key).forEach(place -> paths.add(place.file()));
        }
        return paths;
    }

    /** The environment as a side declares it, else as another repository does. */
    private Optional<Environment> declared(Side side, String name) {
        return declaration(side, name, question.offer(), pair -> Optional.of(pair.after()));
    }

    /** The environment as a side declared it, else as another repository did. */
    private Optional<Environment> wasDeclared(Side side, String name) {
        return declaration(side, name, question.offerBefore(), Pair::known);
    }

    /**
     * Of the repositories that take part, what a plan is about counts; of the others, their tracked branch. What a platform
     * repository declares is no other's to declare otherwise.
     */
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

    private SpecChecks checks(Side side) {
        return new SpecChecks(side.repository(), side.index(), declaredAnywhere(side), ofPlatforms(), targets);
    }

    /** Names of the environments that platform repositories declare. */
    private Set<String> ofPlatforms() {
        Set<String> names = new TreeSet<>();
        Stream.concat(absent(), question.pairs().stream().map(Pair::after))
                .filter(Expanding::isPlatform)
                .forEach(each -> names.addAll(each.index().environments()));
        return names;
    }

    private static boolean isPlatform(Side side) {
        return side.repository().role() == RepositoryInfo.Role.PLATFORM;
    }

    private Set<String> declaredAnywhere(Side side) {
        Set<String> names = new TreeSet<>(side.index().environments());
        absent().forEach(tip -> names.addAll(tip.index().environments()));
        question.pairs().forEach(pair -> names.addAll(pair.after().index().environments()));
        return names;
    }

    /**
     * Whether an environment that another repository declared is declared no more. What this one has in it goes along,
     * whatever its files say by now: it lives in what is taken away, so that leaving it out would only leave it unsaid.
     */
    private boolean goesAlong(Pair pair, String name) {
        return declared(pair.after(), name).isEmpty()
                && pair.known()
                        .filter(side -> side.index().declares(name).isEmpty())
                        .flatMap(side -> wasDeclared(side, name))
                        .isPresent();
    }

    /** Says which specs of a repository lose their environment to another repository's change. */
    private void leftBehind(Pair pair) {
        pair.touched().keySet().stream().sorted().forEach(name -> {
            Expanded expanded = environments.get(name);
            if (expanded != null && !expanded.isUnsure() && goesAlong(pair, name)) {
                Side side = pair.after();
                List<Spec> specs = portion(side, name, new Touched(true, Set.of()), question.offer())
                        .specs();
                if (!specs.isEmpty()) {
                    expanded.findings().add(leftBehind(side.repository().name(), name, specs));
                }
            }
        });
    }

    private static Finding leftBehind(String repository, String environment, List<Spec> specs) {
        String names = specs.stream()
                .limit(5)
                .map(spec -> spec.kind() + " " + spec.metadata().name() + " ("
                        + spec.document().file() + ")")
                .collect(Collectors.joining(", "));
        String more = specs.size() > 5 ? " and " + (specs.size() - 5) + " more" : "";
        return specs.getFirst()
                .document()
                .finding(
                        Severity.WARNING,
                        "/metadata",
                        "environment/in-use",
                        "Repository " + repository + " still has specs in environment " + environment + ": " + names
                                + more + ". All that they made goes with it.",
                        "Keep the environment, or have them removed from " + repository + " first.");
    }

    static Map<String, Touched> everything(Side side) {
        Map<String, Touched> touched = new TreeMap<>();
        side.index().environmentsNamed().forEach(name -> touched.put(name, new Touched(true, Set.of())));
        return touched;
    }

    /** Specs whose kind, or any of whose resources, a changed blueprint makes. */
    static Map<String, Touched> byBlueprints(Side side, Set<String> kinds, boolean types) {
        Map<String, Set<SpecKey>> keys = new TreeMap<>();
        for (Map.Entry<String, FileFacts> file : side.index().files().entrySet()) {
            for (SpecFacts spec : file.getValue().specs()) {
                if (types || kinds.contains(spec.kind())) {
                    side.index()
                            .environmentOf(file.getKey(), spec)
                            .ifPresent(name -> keys.computeIfAbsent(name, any -> new TreeSet<>())
                                    .add(new SpecKey(name, spec.kind(), spec.name())));
                }
            }
        }
        Map<String, Touched> touched = new TreeMap<>();
        keys.forEach((name, specs) -> touched.put(name, new Touched(false, specs)));
        return touched;
    }
}
