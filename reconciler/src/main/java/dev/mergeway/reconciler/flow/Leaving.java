package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.Touched;
import dev.mergeway.reconciler.plan.Unwanted;
import dev.mergeway.reconciler.port.Meter;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.SpecKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds what is to go, and what only changes hands: a resource that another environment wants now is not deleted. */
final class Leaving {
    private final World world;
    private final Question question;
    private final Comparing comparing;
    private final List<Unwanted> unwanted = new ArrayList<>();
    private final Set<ResourceKey> lost = new TreeSet<>();

    Leaving(World world, Question question, Comparing comparing) {
        this.world = world;
        this.question = question;
        this.comparing = comparing;
    }

    /** Live resources of ours that their owners want no more, those that others want now among them. */
    List<Unwanted> unwanted() {
        return unwanted;
    }

    /** Whose those are, by key. */
    Map<ResourceKey, Ownership> owners() {
        Map<ResourceKey, Ownership> owners = new HashMap<>();
        unwanted.forEach(one ->
                one.live().owner().ifPresent(owner -> owners.put(one.live().key(), owner)));
        return owners;
    }

    /** Resources that their specs want no more and that there is nothing to do about; nobody knows while a target is silent. */
    Set<ResourceKey> lost() {
        return comparing.unreachable().isEmpty() ? lost : Set.of();
    }

    /**
     * Live resources of ours that nobody wants any more. Whatever came from a file that is broken now stays: a mistake
     * in a file never deletes anything, nor the environment around it.
     */
    void from(Expanded expanded) {
        Set<String> broken = new TreeSet<>();
        expanded.findings().stream().filter(Finding::isError).forEach(finding -> broken.add(finding.file()));
        if (expanded.isUnsure() || expanded.goes() && !broken.isEmpty() || lostTarget(expanded)) {
            return;
        }
        Map<ResourceKey, Map<String, String>> dropped = expanded.dropped();
        dropped.values().removeIf(files -> files.values().stream().anyMatch(broken::contains));
        lost.addAll(dropped.keySet());
        for (Live live : comparing.ours(dropped.keySet(), expanded.environment())) {
            if (live.owner().filter(owner -> gaveUp(dropped, live, owner)).isPresent()) {
                leaves(live, dropped);
            } else {
                // Another repository has taken it over: it stays, and stays known.
                lost.remove(live.key());
            }
        }
        boolean unnamed =
                expanded.needsInventory() || expanded.goes() || question.left().isAnywhere();
        if (unnamed && broken.isEmpty()) {
            unnamed(expanded, dropped);
        }
    }

    /** Whether the environment gave up a provider that specs in it still need: then it was left out by mistake. */
    private static boolean lostTarget(Expanded expanded) {
        boolean lost = expanded.former()
                .filter(was -> expanded.declared()
                        .filter(is ->
                                is.targets().keySet().containsAll(was.targets().keySet()))
                        .isEmpty())
                .isPresent();
        return lost
                && expanded.findings().stream()
                        .anyMatch(finding -> finding.isError() && finding.rule().equals("environment/no-target"));
    }

    /** What neither side names: what is live of it leaves, and what is not is lost. */
    private void unnamed(Expanded expanded, Map<ResourceKey, Map<String, String>> dropped) {
        List<Problem> silent = new ArrayList<>();
        List<Live> inventory = comparing.inventory(targets(expanded), expanded.environment(), silent);
        if (silent.isEmpty()) {
            question.left().files().keySet().stream()
                    .filter(key -> !expanded.wants(key) && !dropped.containsKey(key))
                    .forEach(lost::add);
        } else if (expanded.needsInventory() || expanded.goes() || comparing.takesAll()) {
            // What is left is looked for again after a release that does not go through, which says why itself.
            comparing.unreachable().addAll(silent);
        }
        Set<ResourceKey> leaving =
                unwanted.stream().map(one -> one.live().key()).collect(Collectors.toSet());
        Predicate<Live> asked = asked(expanded);
        for (Live live : inventory) {
            if (!asked.test(live)) {
                lost.remove(live.key());
            } else if (!expanded.wants(live.key()) && leaving.add(live.key())) {
                leaves(live, dropped);
            }
        }
    }

    private static boolean gaveUp(Map<ResourceKey, Map<String, String>> dropped, Live live, Ownership owner) {
        return dropped.getOrDefault(live.key(), Map.of()).containsKey(owner.repository());
    }

    private void leaves(Live live, Map<ResourceKey, Map<String, String>> dropped) {
        lost.remove(live.key());
        String repository = live.owner().map(Ownership::repository).orElse("");
        String file = dropped.getOrDefault(live.key(), Map.of())
                .getOrDefault(repository, question.left().file(live.key()));
        unwanted.add(new Unwanted(live, file, 0));
    }

    /**
     * What is of the repositories of which nobody knows what they said, or what was left of it; of an environment that goes,
     * all that is in it, whoever made it: it goes along.
     */
    private Predicate<Live> asked(Expanded expanded) {
        Set<String> repositories = new TreeSet<>(question.left().repositories());
        question.pairs().stream()
                .filter(pair -> pair.known().isEmpty())
                .forEach(pair -> repositories.add(pair.after().repository().name()));
        return live -> expanded.goes()
                || live.owner()
                        .filter(owner -> repositories.contains(owner.repository()))
                        .isPresent();
    }

    private Set<String> targets(Expanded expanded) {
        Set<String> targets = expanded.declared()
                .or(expanded::former)
                .map(environment ->
                        (Set<String>) new TreeSet<>(environment.targets().values()))
                .orElseGet(() -> new TreeSet<>(world.targets().keySet()));
        targets.addAll(question.left().targets());
        return targets;
    }

    /** Expands something else than what is planned now. */
    private interface Asker {
        Collection<Expanded> ask(List<Pair> about) throws RepositoryException;
    }

    /**
     * What an environment that is not planned now wants is not to go; and what one of the same repository gave up may be
     * taken. Looks only where there is something to go or to take.
     */
    void handOver(Library library, Meter meter, Collection<Wanted> wanted) throws RepositoryException {
        Asker asker = about -> Expanding.expand(
                        library, question.about(about), world.targets().keySet(), meter)
                .environments()
                .values();
        if (!unwanted.isEmpty() && !question.elsewhere().isEmpty()) {
            for (Expanded other : asker.ask(question.elsewhere())) {
                unwanted.stream()
                        .map(one -> one.live().key())
                        .filter(other::wants)
                        .forEach(lost::add);
                unwanted.removeIf(one -> other.wants(one.live().key()));
            }
        }
        for (Wanted one : wanted) {
            Difference difference = comparing.differences().get(one.resource().key());
            if (difference != null && !difference.conflicts().isEmpty()) {
                givenUp(one, asker).ifPresent(live -> unwanted.add(new Unwanted(live, "", 0)));
            }
        }
    }

    /** The live resource, where its owner is another environment of the same repository whose spec wants it no more. */
    private Optional<Live> givenUp(Wanted wanted, Asker asker) throws RepositoryException {
        Optional<Live> live = comparing.held(wanted.resource().key());
        Optional<Ownership> owner = live.flatMap(Live::owner)
                .filter(other -> other.repository().equals(wanted.owner().repository()));
        for (Pair pair : question.pairs()) {
            if (owner.isEmpty()
                    || !pair.after().repository().name().equals(owner.get().repository())) {
                continue;
            }
            SpecKey spec = owner.get().spec();
            Touched touched = new Touched(spec.kind().equals("Environment"), Set.of(spec));
            Pair theirs = Pair.unchanged(pair.after(), Map.of(spec.environment(), touched));
            boolean stays = asker.ask(List.of(theirs)).stream()
                    .anyMatch(other -> other.isUnsure()
                            || !other.findings().isEmpty()
                            || other.wants(wanted.resource().key()));
            return stays ? Optional.empty() : live;
        }
        return Optional.empty();
    }
}
