package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.RepoIndex;
import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.schema.model.Spec;

/** One repository at one commit, with its index. */
public record Side(RepositoryInfo repository, Snapshot snapshot, RepoIndex index) {
    /** Whether a spec of this side belongs to an environment. */
    boolean places(Spec spec, String environment) {
        return index.placement().environmentOf(spec).filter(environment::equals).isPresent();
    }
}
