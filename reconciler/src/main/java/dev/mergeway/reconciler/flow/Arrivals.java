package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.Repository.Commit;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.report.Facts;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How an environment came to be as it is, where nothing is known to have been applied: the environment is new, or the
 * database is. Found by looking: commits that touch it, back to the one that made it or one that has its receipt.
 */
final class Arrivals {
    /** Commits that are looked at; what is older keeps the comment that it has. */
    private static final int LIMIT = 50;

    private final Room room;

    Arrivals(Room room) {
        this.room = room;
    }

    /** What came in that has no receipt yet. */
    Merged of(Side tip, String environment, Offer offer) throws RepositoryException, ForgeException {
        return of(tip, environment, offer, false);
    }

    /** The same of an environment that a repository names no more: what took it away, and what had come in before. */
    Merged ofGone(Side tip, String environment, Offer offer) throws RepositoryException, ForgeException {
        return of(tip, environment, offer, true);
    }

    /** What a repository said when it named an environment last; empty where it did not for long. */
    Optional<Side> last(Side tip, String environment, Offer offer) throws RepositoryException {
        Repository repository = room.world().repository(tip.repository());
        Side side = tip;
        for (int count = 0; count < LIMIT; count++) {
            if (!side.index().filesOf(environment).isEmpty()) {
                return Optional.of(side);
            }
            Commit commit = repository.commit(side.snapshot().commit());
            if (commit.parents().isEmpty()) {
                break;
            }
            side = before(tip.repository(), commit, offer);
        }
        return Optional.empty();
    }

    private Merged of(Side tip, String environment, Offer offer, boolean gone)
            throws RepositoryException, ForgeException {
        RepositoryInfo info = tip.repository();
        Repository repository = room.world().repository(info);
        List<Commit> commits = new ArrayList<>();
        Map<String, PullRequest> pulls = new TreeMap<>();
        Side side = tip;
        for (int count = 0; count < LIMIT; count++) {
            boolean looksOn = gone && commits.isEmpty();
            if (!looksOn && side.index().filesOf(environment).isEmpty()) {
                break;
            }
            Commit commit = repository.commit(side.snapshot().commit());
            if (commit.parents().isEmpty()) {
                break;
            }
            Side before = before(info, commit, offer);
            if (touches(repository, before, side, environment)) {
                List<PullRequest> merged = merged(info, commit);
                if (merged.stream().anyMatch(pull -> told(info, pull))) {
                    merged.forEach(pull -> room.left().found(environment, info, pull.number()));
                    break;
                }
                commits.add(commit);
                merged.forEach(pull -> pulls.putIfAbsent(commit.id(), pull));
            }
            side = before;
        }
        return new Merged(info, commits, pulls);
    }

    private Side before(RepositoryInfo info, Commit commit, Offer offer) throws RepositoryException {
        var snapshot = room.world().repository(info).snapshot(commit.parents().getFirst());
        return new Side(info, snapshot, room.library().overlaid(info, snapshot, offer));
    }

    private static boolean touches(Repository repository, Side before, Side after, String environment)
            throws RepositoryException {
        return repository.changed(before.snapshot().commit(), after.snapshot().commit()).stream()
                .anyMatch(path -> before.index().environmentsOf(path).contains(environment)
                        || after.index().environmentsOf(path).contains(environment));
    }

    private List<PullRequest> merged(RepositoryInfo info, Commit commit) throws ForgeException {
        return room.world().forge(info).pullsOf(info.path(), commit.id()).stream()
                .filter(pull -> pull.state() == PullRequest.State.MERGED)
                .toList();
    }

    /** Whether its receipt was written by somebody who is forgotten; one that is remembered may still grow. */
    private boolean told(RepositoryInfo info, PullRequest pull) {
        if (room.memory().ledger().pull(info.name(), pull.number()).isPresent()) {
            return false;
        }
        try {
            return room.world()
                    .said(info, pull.number())
                    .filter(facts -> facts.state() == Facts.State.APPLIED)
                    .isPresent();
        } catch (ForgeException e) {
            // Saying it twice in the same words is better than not at all.
            return false;
        }
    }
}
