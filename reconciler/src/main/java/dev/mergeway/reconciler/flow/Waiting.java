package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.flow.ReleaseFlow.Release;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.run.PullKey;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The pull requests that wait with a held release: remembered, since what came in after them may be more than is traced back
 * to its pull requests, and an approval of any of them may be the one that is wanted.
 */
final class Waiting {
    /** So many in one environment at most, those that wait for longest first: the newest are found among the commits. */
    static final int MOST = 100;

    private final World world;
    private final Ledger ledger;

    Waiting(World world, Ledger ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    /**
     * What came in, with what has waited since before.
     *
     * @param before the commit that is applied, empty where nobody knows
     * @param now the commit to be applied
     */
    Merged with(Merged merged, Optional<String> before, String now, String environment)
            throws RepositoryException, ForgeException {
        RepositoryInfo info = merged.repository();
        Repository repository = world.repository(info);
        List<Repository.Commit> commits = new ArrayList<>(merged.commits());
        Map<String, PullRequest> pulls = new TreeMap<>(merged.pulls());
        for (PullKey key : ledger.waiting(environment)) {
            boolean found = pulls.values().stream().anyMatch(pull -> pull.number() == key.number());
            if (found || !key.repository().equals(info.name())) {
                continue;
            }
            Optional<PullRequest> pull = world.forge(info).pull(info.path(), key.number());
            Optional<String> merge = pull.flatMap(PullRequest::mergeCommit);
            if (merge.isPresent() && isBetween(repository, before, merge.get(), now)) {
                pulls.putIfAbsent(merge.get(), pull.get());
                commits.add(repository.commit(merge.get()));
            }
        }
        return new Merged(info, commits, pulls);
    }

    private static boolean isBetween(Repository repository, Optional<String> before, String commit, String now)
            throws RepositoryException {
        return repository.isAncestor(commit, now) && (before.isEmpty() || !repository.isAncestor(commit, before.get()));
    }

    /** Remembers which wait after a release, and forgets them where it went through. */
    void remember(Release release, Ending ending) {
        if (ending.state() == RunState.SUCCEEDED) {
            ledger.waits(release.environment(), Set.of());
        } else if (!release.holds().isEmpty()) {
            ledger.waits(release.environment(), waiting(release));
        }
    }

    private Set<PullKey> waiting(Release release) {
        Set<PullKey> all = new LinkedHashSet<>();
        for (Merged merged : release.situation().merged()) {
            merged.inOrder()
                    .forEach(pull -> all.add(new PullKey(merged.repository().name(), pull.number())));
        }
        Set<PullKey> waiting = new LinkedHashSet<>(ledger.waiting(release.environment()));
        waiting.retainAll(all);
        all.stream().filter(pull -> waiting.size() < MOST).forEach(waiting::add);
        return waiting;
    }
}
