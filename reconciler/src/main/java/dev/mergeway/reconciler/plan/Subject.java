package dev.mergeway.reconciler.plan;

import java.util.List;

/**
 * What a plan is about.
 *
 * @param repository name of the configured repository
 * @param pull number of the pull request, 0 where it is about none
 * @param base commit of the tracked branch it is made against
 * @param head commit it is made for
 * @param merge id of the tree that merging gives
 * @param environments names of the environments that the change touches; those of the steps are added
 */
public record Subject(String repository, int pull, String base, String head, String merge, List<String> environments) {
    public Subject {
        environments = List.copyOf(environments);
    }
}
