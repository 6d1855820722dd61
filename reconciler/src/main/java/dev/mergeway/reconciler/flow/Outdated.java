package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.Touched;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.report.PlanReading;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunKey;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Open pull requests of other repositories whose plan is not what merging them would do any more, since the declaration of
 * an environment that they are about moved, or what is offered to all: they are planned again. A spec that moved touches
 * nobody else's plan, so that teams which share an environment cost each other nothing.
 */
final class Outdated {
    private final Memory memory;

    Outdated(Memory memory) {
        this.memory = memory;
    }

    /**
     * Asks for their reviews, as a repository moved.
     *
     * @param touched what that touched, by environment
     * @param offers whether what is offered to all is part of it
     */
    void planAgain(RepositoryInfo info, Map<String, Touched> touched, boolean offers) {
        if (offers) {
            planAgain(info, plan -> !plan.isEmpty());
            return;
        }
        Set<String> declared = new HashSet<>();
        touched.forEach((name, each) -> {
            if (each.whole()) {
                declared.add(name);
            }
        });
        if (!declared.isEmpty()) {
            planAgain(info, plan -> !Collections.disjoint(PlanReading.environments(plan), declared));
        }
    }

    /** Those of the repository itself are planned again whenever it moves. */
    private void planAgain(RepositoryInfo moved, Predicate<String> about) {
        Ledger.each(after -> memory.ledger().pulls(after, 500), (PullState pull) -> {
            if (!pull.repository().equals(moved.name()) && about.test(pull.plan())) {
                memory.agenda().ask(new RunKey.Review(pull.repository(), pull.number()));
            }
        });
    }
}
