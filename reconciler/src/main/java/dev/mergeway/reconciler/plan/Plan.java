package dev.mergeway.reconciler.plan;

import dev.mergeway.schema.model.Finding;
import java.util.List;

/**
 * What merging a pull request (or bringing an environment up to date) would do. The same inputs give the same plan, and
 * the same plan gives the same bytes.
 *
 * @param repository name of the configured repository
 * @param pull number of the pull request, 0 where it is about none
 * @param base commit of the tracked branch it was made against
 * @param head commit it was made for
 * @param merge id of the tree that merging gives
 * @param environments names of the environments it touches, sorted
 * @param findings what is wrong or worth saying, in order
 * @param steps what would be done, in apply order with deletions last; includes what stays unchanged
 * @param hash of everything that decides what happens (environments and steps, not commit ids): 16 hex digits of SHA-256
 */
public record Plan(
        String repository,
        int pull,
        String base,
        String head,
        String merge,
        List<String> environments,
        List<Finding> findings,
        List<PlanStep> steps,
        String hash) {
    public Plan {
        environments = List.copyOf(environments);
        findings = List.copyOf(findings);
        steps = List.copyOf(steps);
    }

    /** How many steps of each action. */
    public Summary summary() {
        return Summary.of(steps);
    }

    /** Whether anything would change. */
    public boolean changesNothing() {
        return summary().changes() == 0;
    }
}
