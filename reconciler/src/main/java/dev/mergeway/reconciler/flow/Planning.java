package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.plan.Plan;
import dev.mergeway.reconciler.policy.Subject;
import dev.mergeway.reconciler.port.Meter;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Finding;
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
        Map<String, Expanded> expanded =
                Expanding.expand(library, question, world.targets().keySet(), meter);
        Comparing comparing = new Comparing(world.targets());
        Map<ResourceKey, Wanted> wanted = new LinkedHashMap<>();
        Map<String, Environment> environments = new LinkedHashMap<>();
        Set<Finding> findings = new LinkedHashSet<>(question.offer().findings());
        for (Expanded each : expanded.values()) {
            each.wanted().forEach(one -> wanted.putIfAbsent(one.resource().key(), one));
            each.declared().ifPresent(environment -> environments.put(each.environment(), environment));
            findings.addAll(each.findings());
        }
        comparing.compare(wanted.values());
        Map<String, String> origins = new LinkedHashMap<>();
        List<Live> deletions = new ArrayList<>();
        for (Expanded each : expanded.values()) {
            deletions.addAll(deletions(each, question, comparing));
            each.dropped().forEach((key, file) -> origins.put(key.toString(), file));
        }
        deletions.removeIf(live -> wanted.containsKey(live.key()));
        List<Subject> subjects = expanded.values().stream()
                .flatMap(each -> each.subjects(question.offer().catalogue()).stream())
                .toList();
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort(Finding.ORDER);
        Plan plan = Steps.plan(question, expanded.keySet(), sorted, wanted, comparing.differences(), deletions, origins);
        return new Draft(
                plan,
                wanted,
                comparing.differences(),
                environments,
                subjects,
                question.policies(),
                0,
                comparing.unreachable());
    }

    /**
     * Live resources of ours that nobody wants any more. Whatever came from a file that is broken now stays: a mistake
     * in a file never deletes anything.
     */
    private List<Live> deletions(Expanded expanded, Question question, Comparing comparing) {
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
                    .map(environment -> (Set<String>) new TreeSet<>(environment.targets().values()))
                    .orElseGet(() -> new TreeSet<>(world.targets().keySet()));
            comparing.inventory(targets, expanded.environment(), repositories).stream()
                    .filter(live -> !expanded.wants(live.key()))
                    .forEach(deletions::add);
        }
        return deletions;
    }
}
