package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.FileFacts;
import dev.mergeway.reconciler.index.SpecChecks;
import dev.mergeway.reconciler.index.Touched;
import dev.mergeway.reconciler.port.Meter;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.resource.Few;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads and expands what a question touches, before and after, and nothing else. */
final class Expanding {
    private final Library library;
    private final Question question;
    private final Meter meter;
    private final Declarations declarations;
    private final Map<String, Expanded> environments = new TreeMap<>();

    private Expanding(Library library, Question question, Collection<String> targets, Meter meter)
            throws RepositoryException {
        this.library = library;
        this.question = question;
        this.meter = meter;
        this.declarations = new Declarations(library, question, targets);
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
        question.pairs().forEach(expanding::unanswered);
        return new Result(expanding.environments, findings);
    }

    /** What is wrong in the files that changed, whatever environment they are about, if any. */
    private Set<Finding> changed(Pair pair) {
        Side side = pair.after();
        SpecChecks checks = declarations.checks(side);
        Set<Finding> findings = new LinkedHashSet<>();
        pair.changed().stream()
                .limit(Misnamed.LOOKED_AT)
                .flatMap(path -> Misnamed.look(side.snapshot(), path).stream())
                .forEach(findings::add);
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
        if (!declarations.goesAlong(pair, name)) {
            astray(pair, expanded, touched);
            after(pair.after(), expanded, touched);
        }
        pair.known().ifPresentOrElse(side -> before(side, expanded, touched), expanded::askInventory);
    }

    /** Declares the environment, unless its declaration changed and something in that file is wrong. */
    private void declare(Pair pair, Expanded expanded) {
        String name = expanded.environment();
        Optional<Environment> found = declarations.now(pair.after(), name);
        List<Finding> wrong = found.map(environment -> declarations.wrong(pair.after(), environment))
                .orElse(List.of());
        if (wrong.isEmpty()
                || found.filter(now -> declarations.isUnchanged(pair, now)).isPresent()) {
            found.ifPresent(expanded::declare);
        } else {
            expanded.findings().addAll(wrong);
            expanded.unsure();
        }
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
        SpecChecks checks = declarations.checks(side);
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
        declarations.before(side, expanded.environment()).ifPresent(environment -> {
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
        boolean declares = touched.whole() && declarations.counts(side, environment);
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

    /** Says which specs call somebody that is not there (any more). */
    private void unanswered(Pair pair) {
        Calls calls = new Calls(library, question.offer(), declarations.sides());
        pair.touched().forEach((name, touched) -> {
            Expanded expanded = environments.get(name);
            if (expanded != null && expanded.declared().isPresent()) {
                calls.unanswered(pair, name, touched).stream()
                        .filter(finding -> !expanded.findings().contains(finding))
                        .forEach(expanded.findings()::add);
            }
        });
    }

    /** Says which specs of a repository lose their environment to another repository's change. */
    private void leftBehind(Pair pair) {
        pair.touched().keySet().stream().sorted().forEach(name -> {
            Expanded expanded = environments.get(name);
            if (expanded != null && !expanded.isUnsure() && declarations.goesAlong(pair, name)) {
                Side side = pair.after();
                List<Spec> specs =
                        portion(side, name, Touched.WHOLE, question.offer()).specs();
                if (!specs.isEmpty()) {
                    expanded.findings().add(leftBehind(side.repository().name(), name, specs));
                }
            }
        });
    }

    private static Finding leftBehind(String repository, String environment, List<Spec> specs) {
        List<String> names = specs.stream()
                .map(spec -> spec.kind() + " " + spec.metadata().name() + " ("
                        + spec.document().file() + ")")
                .toList();
        return specs.getFirst()
                .document()
                .finding(
                        Severity.WARNING,
                        "/metadata",
                        "environment/in-use",
                        "Repository " + repository + " still has specs in environment " + environment + ": "
                                + Few.of(5, names) + ". All that they made goes with it.",
                        "Keep the environment, or have them removed from " + repository + " first.");
    }
}
