package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.Planner;
import dev.mergeway.reconciler.plan.SpecLines;
import dev.mergeway.reconciler.plan.Subject;
import dev.mergeway.reconciler.plan.Unwanted;
import dev.mergeway.reconciler.port.Meter;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.ResourceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The planning step that all flows share: read and expand what is touched, ask the targets how it differs, find what is
 * to go. Writes nothing.
 */
final class Planning {
    private final Library library;
    private final World world;
    private final Meter meter;

    Planning(Library library, World world, Meter meter) {
        this.library = library;
        this.world = world;
        this.meter = meter;
    }

    /** Plans. Targets that cannot be asked are in the draft. */
    Draft draft(Question question) throws RepositoryException {
        Expanding.Result result =
                Expanding.expand(library, question, world.targets().keySet(), meter);
        Map<String, Expanded> expanded = result.environments();
        Comparing comparing = new Comparing(world.targets());
        Map<ResourceKey, Wanted> wanted = new LinkedHashMap<>();
        Map<String, Environment> environments = new LinkedHashMap<>();
        Set<Finding> findings = new LinkedHashSet<>(question.offer().findings());
        findings.addAll(result.findings());
        for (Expanded each : expanded.values()) {
            each.wanted().forEach(one -> wanted.putIfAbsent(one.resource().key(), one));
            each.declared().ifPresent(environment -> environments.put(each.environment(), environment));
            findings.addAll(each.findings());
        }
        comparing.compare(wanted.values());
        List<Unwanted> unwanted = new ArrayList<>();
        for (Expanded each : expanded.values()) {
            deletions(each, question, comparing).stream()
                    .filter(live -> !wanted.containsKey(live.key()))
                    .map(live -> new Unwanted(live, each.dropped().getOrDefault(live.key(), ""), 0))
                    .forEach(unwanted::add);
        }
        List<dev.mergeway.reconciler.policy.Subject> subjects = expanded.values().stream()
                .flatMap(each -> each.subjects(question.offer().catalogue()).stream())
                .toList();
        Plan plan = Planner.plan(
                subject(question, expanded.keySet()),
                compared(wanted, comparing.differences()),
                unwanted,
                findings,
                lines(question));
        return new Draft(
                plan,
                wanted,
                comparing.differences(),
                environments,
                subjects,
                question.policies(),
                expanded.values().stream().mapToDouble(Expanded::monthlyUsd).sum(),
                Budgets.exceeded(library, question, expanded.values()),
                comparing.unreachable());
    }

    private static Subject subject(Question question, Set<String> environments) {
        Question.Heading heading = question.heading();
        String merge = question.pairs().isEmpty()
                ? ""
                : question.pairs().getFirst().after().snapshot().commit();
        return new Subject(
                heading.repository(), heading.pull(), heading.base(), heading.head(), merge, List.copyOf(environments));
    }

    /** What could be compared; the rest is of targets that are missing or cannot be asked. */
    private static List<dev.mergeway.reconciler.plan.Wanted> compared(
            Map<ResourceKey, Wanted> wanted, Map<ResourceKey, Difference> differences) {
        List<dev.mergeway.reconciler.plan.Wanted> compared = new ArrayList<>();
        wanted.forEach((key, one) -> {
            Difference difference = differences.get(key);
            if (difference != null) {
                compared.add(new dev.mergeway.reconciler.plan.Wanted(one.resource(), difference));
            }
        });
        return compared;
    }

    /** Where a part of a spec stands, read off its file again: only a refusal asks. */
    private SpecLines lines(Question question) {
        return (resource, pointer) -> question.pairs().stream()
                .map(Pair::after)
                .filter(side -> side.snapshot().contentId(resource.file()).isPresent())
                .flatMap(side -> library.read(side.snapshot(), resource.file(), question.offer()).specs().stream())
                .filter(spec -> spec.document().line() == resource.line())
                .findFirst()
                .map(spec -> spec.document().positions().of(pointer))
                .orElse(new Position(Math.max(1, resource.line()), 1));
    }

    /**
     * Live resources of ours that nobody wants any more. Whatever came from a file that is broken now stays: a mistake
     * in a file never deletes anything.
     */
    private List<Live> deletions(Expanded expanded, Question question, Comparing comparing) {
        if (expanded.isUnsure()) {
            return List.of();
        }
        Set<String> broken = new TreeSet<>();
        expanded.findings().stream().filter(Finding::isError).forEach(finding -> broken.add(finding.file()));
        List<ResourceKey> candidates = expanded.dropped().entrySet().stream()
                .filter(entry -> !broken.contains(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        List<Live> deletions = new ArrayList<>(comparing.ours(candidates, expanded.environment()));
        if (expanded.needsInventory() && broken.isEmpty()) {
            Set<String> repositories = new TreeSet<>();
            question.pairs().stream()
                    .filter(pair -> pair.known().isEmpty())
                    .forEach(pair -> repositories.add(pair.after().repository().name()));
            Set<String> targets = expanded.declared()
                    .map(environment ->
                            (Set<String>) new TreeSet<>(environment.targets().values()))
                    .orElseGet(() -> new TreeSet<>(world.targets().keySet()));
            comparing.inventory(targets, expanded.environment(), repositories).stream()
                    .filter(live -> !expanded.wants(live.key()))
                    .forEach(deletions::add);
        }
        return deletions;
    }
}
