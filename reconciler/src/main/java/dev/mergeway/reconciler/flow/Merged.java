package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.Repository.Commit;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.report.PlanReading;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came into a repository's tracked branch since it was applied last.
 *
 * @param repository the repository
 * @param commits the commits, newest first
 * @param pulls the pull requests that brought them, by the commit that merged them
 */
record Merged(RepositoryInfo repository, List<Commit> commits, Map<String, PullRequest> pulls) {
    private static final Logger LOG = LoggerFactory.getLogger(Merged.class);

    /** More commits at once than this are not traced back to their pull requests; a new clone may hold thousands. */
    private static final int LIMIT = 50;

    /** Commits that are looked through for those; of others, which asks no forge. */
    private static final int LOOKED_THROUGH = 2_000;

    Merged {
        commits = List.copyOf(commits);
    }

    static Merged none(RepositoryInfo repository) {
        return new Merged(repository, List.of(), Map.of());
    }

    /** @param touches whether paths that changed are about the environment: what others merge while it is held hides nothing */
    static Merged between(
            World world, RepositoryInfo info, String before, String after, Predicate<List<String>> touches)
            throws RepositoryException, ForgeException {
        Repository repository = world.repository(info);
        List<Commit> commits = new ArrayList<>();
        for (Commit commit : repository.between(before, after, LOOKED_THROUGH)) {
            if (commits.size() < LIMIT && touches(repository, commit, touches)) {
                commits.add(commit);
            }
        }
        Map<String, PullRequest> pulls = new TreeMap<>();
        Set<Integer> known = new HashSet<>();
        for (Commit commit : commits) {
            for (PullRequest pull : world.forge(info).pullsOf(info.path(), commit.id())) {
                if (pull.state() == PullRequest.State.MERGED && known.add(pull.number())) {
                    pulls.put(commit.id(), pull);
                }
            }
        }
        return new Merged(info, commits, pulls);
    }

    private static boolean touches(Repository repository, Commit commit, Predicate<List<String>> touches)
            throws RepositoryException {
        return commit.parents().isEmpty()
                || touches.test(repository.changed(commit.parents().getFirst(), commit.id()));
    }

    /** Without the pull requests whose plan was about other environments only. */
    Merged about(String environment, Ledger ledger) {
        Map<String, PullRequest> about = new TreeMap<>(pulls);
        about.values()
                .removeIf(pull -> ledger.pull(repository.name(), pull.number())
                        .filter(state -> state.head().equals(pull.head())
                                && !state.plan().isEmpty())
                        .filter(state -> !PlanReading.environments(state.plan()).contains(environment))
                        .isPresent());
        return new Merged(repository, commits, about);
    }

    /** The pull requests, in order of number. */
    List<PullRequest> inOrder() {
        List<PullRequest> inOrder = new ArrayList<>(pulls.values());
        inOrder.sort(java.util.Comparator.comparingInt(PullRequest::number));
        return inOrder;
    }

    /**
     * Files that a revert among the commits takes back: what the reverted commit had added was shown when it was added,
     * and taking it away again is what reverting means.
     */
    Set<String> reverted(World world) {
        Repository repository = world.repository(this.repository);
        Set<String> files = new HashSet<>();
        for (Commit commit : commits) {
            if (commit.reverts().isPresent()) {
                files.addAll(takenBack(repository, commit.reverts().get()));
            }
        }
        return files;
    }

    /**
     * What a commit had added or changed and is as it was before it now. One that cannot be read takes nothing back: a
     * message may name any commit, also one that was rebased away or never was, and that must not stop a release.
     */
    private Set<String> takenBack(Repository repository, String id) {
        try {
            Commit reverted = repository.commit(id);
            return reverted.parents().isEmpty()
                    ? Set.of()
                    : takenBack(repository, reverted.parents().getFirst(), reverted.id());
        } catch (RepositoryException e) {
            LOG.info(
                    "what commit {} did in {} cannot be read, so that nothing counts as taken back: {}",
                    id,
                    repository.name(),
                    e.getMessage());
            return Set.of();
        }
    }

    private Set<String> takenBack(Repository repository, String before, String reverted) throws RepositoryException {
        var was = repository.snapshot(before);
        var is = repository.snapshot(commits.getFirst().id());
        return repository.changed(before, reverted).stream()
                .filter(path -> was.contentId(path).equals(is.contentId(path)))
                .collect(Collectors.toSet());
    }
}
