package dev.mergeway.reconciler.plan;

import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.Difference;
import dev.mergeway.reconciler.resource.Ownership;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Differences and what is wanted no more, to a plan. Pure: the same inputs give the same plan. */
public final class Planner {
    /** What a step requires when a second person has to agree. */
    public static final String APPROVAL = "approval";

    /** So many of what goes along are named. */
    private static final int NAMED = 5;

    private Planner() {}

    /**
     * Plans.
     *
     * @param subject what it is about
     * @param wanted everything that shall be there, in apply order
     * @param unwanted live resources that their owners want no more; one that is wanted by somebody else now changes
     *     hands and is not deleted
     * @param findings what is known to be wrong already
     * @param lines where a target's refusal is shown
     */
    public static Plan plan(
            Subject subject,
            List<Wanted> wanted,
            List<Unwanted> unwanted,
            Collection<Finding> findings,
            SpecLines lines) {
        Map<ObjectName, Ownership> givenUp = new HashMap<>();
        unwanted.forEach(one -> one.live()
                .owner()
                .ifPresent(owner -> givenUp.put(ObjectName.of(one.live().key()), owner)));
        Set<ObjectName> kept =
                wanted.stream().map(one -> ObjectName.of(one.resource().key())).collect(Collectors.toSet());
        Set<ResourceKey> keys = wanted.stream().map(one -> one.resource().key()).collect(Collectors.toSet());

        List<Finding> all = new ArrayList<>(findings);
        List<PlanStep> steps = new ArrayList<>();
        for (Wanted one : wanted) {
            Difference difference = one.difference();
            difference.refused().ifPresent(problem -> all.add(finding(one.resource(), problem, lines)));
            if (difference.refused().isEmpty()) {
                steps.add(step(one, givenUp.get(ObjectName.of(difference.key())), keys));
            }
        }
        all.addAll(Notices.findings(wanted, lines));
        List<Unwanted> leaving = unwanted.stream()
                .filter(one -> !kept.contains(ObjectName.of(one.live().key())))
                .sorted(DeletionOrder.COMPARATOR)
                .toList();
        DeletionOrder order =
                new DeletionOrder(leaving.stream().map(one -> one.live().key()).toList());
        Set<ResourceKey> stateful = leaving.stream()
                .filter(one -> one.live().owner().filter(Ownership::stateful).isPresent())
                .map(one -> one.live().key())
                .collect(Collectors.toSet());
        for (Unwanted one : leaving) {
            List<ResourceKey> before = order.before(one.live().key());
            boolean holds = DeletionOrder.takesAlong(one.live().key())
                    && before.stream().anyMatch(stateful::contains);
            one.live().owner().ifPresent(owner -> steps.add(deletion(one, owner, before, holds)));
        }
        all.sort(Finding.ORDER);
        return plan(subject, all, steps);
    }

    private static Plan plan(Subject subject, List<Finding> findings, List<PlanStep> steps) {
        TreeSet<String> environments = new TreeSet<>(subject.environments());
        steps.forEach(step -> environments.add(step.environment()));
        List<String> names = List.copyOf(environments);
        return new Plan(
                subject.repository(),
                subject.pull(),
                subject.base(),
                subject.head(),
                subject.merge(),
                names,
                findings.stream().distinct().toList(),
                steps,
                PlanHash.of(names, steps));
    }

    private static PlanStep step(Wanted wanted, @Nullable Ownership former, Set<ResourceKey> keys) {
        ConcreteResource resource = wanted.resource();
        Difference difference = wanted.difference();
        // Whoever gave a resource up in this very change has no say any more.
        List<String> conflicts = difference.conflicts().stream()
                .filter(conflict -> former == null || !conflict.equals(former.conflict()))
                .toList();
        boolean loses = difference.action() == Action.REPLACE && resource.stateful();
        boolean approval = loses || difference.action() == Action.ADOPT || !conflicts.isEmpty();
        return new PlanStep(
                difference.action(),
                resource.key(),
                resource.spec().environment(),
                resource.file(),
                resource.line(),
                difference.fields(),
                approval ? List.of(APPROVAL) : List.of(),
                resource.dependsOn().stream().filter(keys::contains).sorted().toList(),
                reason(difference, conflicts, loses),
                resource.stateful());
    }

    private static String reason(Difference difference, List<String> conflicts, boolean loses) {
        List<String> reasons = new ArrayList<>();
        if (!difference.reason().isEmpty()) {
            reasons.add(difference.reason());
        }
        if (!conflicts.isEmpty()) {
            reasons.add("somebody else has a say in it: " + String.join(", ", conflicts));
        }
        if (loses) {
            reasons.add("it holds data, which replacing it loses");
        }
        return String.join("; ", reasons);
    }

    private static PlanStep deletion(Unwanted unwanted, Ownership owner, List<ResourceKey> before, boolean holds) {
        List<String> losses = new ArrayList<>();
        if (owner.stateful()) {
            losses.add("it holds data, which deleting it loses");
        } else if (holds) {
            losses.add("what is in it holds data, which deleting it loses");
        }
        if (!unwanted.along().isEmpty()) {
            losses.add("it takes along what Mergeway did not make for it: " + names(unwanted.along()));
        }
        return new PlanStep(
                Action.DELETE,
                unwanted.live().key(),
                owner.spec().environment(),
                unwanted.file(),
                unwanted.line(),
                List.of(),
                losses.isEmpty() ? List.of() : List.of(APPROVAL),
                before,
                String.join("; ", losses),
                !losses.isEmpty());
    }

    private static String names(List<ResourceKey> keys) {
        List<String> names = keys.stream()
                .limit(NAMED)
                .map(key -> key.kind() + " " + key.name())
                .toList();
        return String.join(", ", names) + (keys.size() > NAMED ? " and others" : "");
    }

    private static Finding finding(ConcreteResource resource, Problem problem, SpecLines lines) {
        String pointer = Origins.of(resource, problem.pointer());
        String hint = switch (problem.turn()) {
            case AUTHOR -> "";
            case PLATFORM -> "This is for the platform team to put right.";
            case MERGEWAY -> "This is a mistake of Mergeway itself; please report it.";
        };
        String message = resource.key().kind() + " " + resource.key().name() + ": " + problem.message();
        return new Finding(
                Severity.ERROR, resource.file(), lines.of(resource, pointer), pointer, "target/refused", message, hint);
    }

    /** A resource whatever version its type is served in: an object that only changed its version is not another one. */
    private record ObjectName(String target, String type, String namespace, String name) {
        static ObjectName of(ResourceKey key) {
            String[] parts = key.type().split("/", -1);
            String type = switch (parts.length) {
                case 3 -> parts[0] + "/" + parts[2];
                case 2 -> parts[1];
                default -> key.type();
            };
            return new ObjectName(key.target(), type, key.namespace(), key.name());
        }
    }
}
