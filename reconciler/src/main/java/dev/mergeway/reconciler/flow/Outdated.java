package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.RepoIndex;
import dev.mergeway.reconciler.index.Touched;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.reconciler.report.PlanReading;
import dev.mergeway.reconciler.run.PullState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunKey;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Open pull requests of other repositories whose plan is not what merging them would do any more, since the declaration of
 * an environment that they are about moved, or what is offered to all: they are planned again. A spec that moved touches
 * nobody else's plan, so that teams which share an environment cost each other nothing.
 */
final class Outdated {
    private final Library library;
    private final Memory memory;

    Outdated(Library library, Memory memory) {
        this.library = library;
        this.memory = memory;
    }

    /** Asks for their reviews, as a repository moved from one commit to another. */
    void planAgain(RepositoryInfo info, Snapshot before, Snapshot after, List<String> changed)
            throws RepositoryException {
        Offer offer = library.offer();
        RepoIndex was = library.overlaid(info, before, offer);
        RepoIndex is = library.index(info, after, offer);
        if (info.role() == RepositoryInfo.Role.PLATFORM && LookFlow.offers(was, is, changed)) {
            planAgain(info, plan -> !plan.isEmpty());
            return;
        }
        Set<String> declared = new HashSet<>();
        for (Map.Entry<String, Touched> each : Touched.by(was, is, changed).entrySet()) {
            if (each.getValue().whole()) {
                declared.add(each.getKey());
            }
        }
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
