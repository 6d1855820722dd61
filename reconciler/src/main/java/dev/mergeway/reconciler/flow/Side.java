package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.RepoIndex;
import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.reconciler.run.RepositoryInfo;

/** One repository at one commit, with its index. */
public record Side(RepositoryInfo repository, Snapshot snapshot, RepoIndex index) {}
