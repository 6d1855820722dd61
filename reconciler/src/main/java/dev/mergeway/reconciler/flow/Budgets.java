package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.policy.Guardrail;
import dev.mergeway.reconciler.policy.Guardrails;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.Spec;
import dev.mergeway.schema.model.Trees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What environments cost in all against the budget that they declare. All of an environment is read only where it has a
 * budget and the plan makes it dearer.
 */
final class Budgets {
    private final Library library;
    private final Offer offer;
    private final List<Side> sides;

    private Budgets(Library library, Question question) throws RepositoryException {
        this.library = library;
        this.offer = question.offer();
        List<Side> after = question.pairs().stream().map(Pair::after).toList();
        Stream<Side> others = library.tips(library.offer()).stream()
                .filter(tip ->
                        after.stream().noneMatch(side -> side.repository().equals(tip.repository())));
        this.sides = Stream.concat(after.stream(), others).toList();
    }

    /** The budgets that a plan would exceed. */
    static List<Guardrail> exceeded(Library library, Question question, Collection<Expanded> expanded)
            throws RepositoryException {
        List<Guardrail> exceeded = new ArrayList<>();
        Budgets budgets = new Budgets(library, question);
        for (Expanded each : expanded) {
            Optional<Environment> declared = each.declared().filter(any -> each.monthlyUsd() > 0);
            Object budget = declared.map(
                            environment -> Trees.map(environment.spec().body().get("budget")))
                    .map(map -> map.get("monthlyUsd"))
                    .orElse(null);
            if (declared.isPresent() && budget instanceof Number most) {
                Guardrails.budget(each.environment(), budgets.cost(declared.get()), most.doubleValue())
                        .ifPresent(exceeded::add);
            }
        }
        return exceeded;
    }

    private double cost(Environment environment) {
        return sides.stream()
                .mapToDouble(side -> offer
                        .expander()
                        .priced(environment, specs(side, environment.name()), side.snapshot())
                        .monthlyUsd()
                        .values()
                        .stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .sum();
    }

    private List<Spec> specs(Side side, String environment) {
        return side.index().filesOf(environment).stream()
                .flatMap(path -> library.read(side.snapshot(), path, offer).specs().stream())
                .filter(spec -> side.index()
                        .placement()
                        .environmentOf(spec)
                        .filter(environment::equals)
                        .isPresent())
                .toList();
    }
}
