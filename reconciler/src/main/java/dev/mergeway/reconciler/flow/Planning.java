package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.plan.Planner;
import dev.mergeway.reconciler.plan.SpecLines;
import dev.mergeway.reconciler.plan.Subject;
import dev.mergeway.reconciler.policy.Guardrail;
import dev.mergeway.reconciler.policy.Guardrails;
import dev.mergeway.reconciler.port.Meter;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.Tier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
        Map<String, Tier> tiers = new LinkedHashMap<>();
        Set<Finding> findings = new LinkedHashSet<>(question.offer().findings());
        findings.addAll(result.findings());
        for (Expanded each : expanded.values()) {
            each.wanted().forEach(one -> wanted.putIfAbsent(one.resource().key(), one));
            each.declared().ifPresent(environment -> environments.put(each.environment(), environment));
            each.tier().ifPresent(tier -> tiers.put(each.environment(), tier));
            findings.addAll(each.findings());
        }
        comparing.compare(wanted.values());
        Leaving leaving = new Leaving(world, question, comparing);
        expanded.values().forEach(leaving::from);
        leaving.handOver(library, meter, wanted.values());
        List<dev.mergeway.reconciler.policy.Subject> subjects = expanded.values().stream()
                .flatMap(each -> each.subjects().stream())
                .toList();
        Plan plan = Planner.plan(
                subject(question, expanded.keySet()),
                compared(wanted, comparing.differences()),
                Along.of(world.targets(), leaving.unwanted(), comparing.unreachable()),
                findings,
                lines(question));
        List<Guardrail> limits = new ArrayList<>(Budgets.exceeded(library, question, expanded.values()));
        Guardrails.platform(question.offer().findings()).ifPresent(limits::add);
        return new Draft(
                plan,
                wanted,
                comparing.differences(),
                leaving.lost(),
                leaving.owners(),
                environments,
                tiers,
                subjects,
                question.policies(),
                expanded.values().stream().mapToDouble(Expanded::monthlyUsd).sum(),
                limits,
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
}
