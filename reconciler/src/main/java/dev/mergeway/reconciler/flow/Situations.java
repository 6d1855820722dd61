package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.index.RepoIndex;
import dev.mergeway.reconciler.index.Touched;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.reconciler.resource.Live;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds out what a release of an environment starts from: what every repository said when it was applied last, as far as
 * anybody knows, and says now.
 */
final class Situations {
    private final Room room;
    private final Waiting waiting;
    private final Arrivals arrivals;

    Situations(Room room, Waiting waiting) {
        this.room = room;
        this.waiting = waiting;
        this.arrivals = new Arrivals(room);
    }

    /** Looks at what was applied and at what the tracked branches say now. */
    Situation of(String environment) throws RepositoryException, ForgeException {
        Optional<EnvironmentState> known = room.memory().ledger().environment(environment);
        Map<String, String> applied = known.map(EnvironmentState::revisions).orElse(Map.of());
        boolean settled = known.map(this::isSettled).orElse(true);
        Offer offer = room.library().offer();
        List<Side> tips = room.library().tips(offer);
        Map<String, Snapshot> earlier = new HashMap<>();
        for (Side tip : tips) {
            before(tip, applied)
                    .ifPresent(snapshot -> earlier.put(tip.repository().name(), snapshot));
        }
        Offer offerBefore = room.library().offer(earlier);
        List<Side> lost = known.map(
                        state -> Lost.of(state, tips, earlier, room.memory().ledger()))
                .orElse(List.of());
        Left left = settled && lost.isEmpty()
                ? Left.NOTHING
                : Left.in(environment, tips, room.memory().ledger());
        List<Pair> moved = new ArrayList<>();
        List<Pair> still = new ArrayList<>();
        List<Pair> elsewhere = new ArrayList<>();
        List<Merged> merged = new ArrayList<>();
        Map<String, String> revisions = new TreeMap<>();
        for (Side tip : tips) {
            revisions.put(tip.repository().name(), tip.snapshot().commit());
            Optional<Change> change = change(tip, earlier, offerBefore);
            boolean all = !settled || !offerBefore.id().equals(offer.id());
            change.map(each -> each.pair(environment, all))
                    .orElseGet(() -> whole(tip, environment, lost.contains(tip)))
                    .ifPresentOrElse(moved::add, () -> change.map(Change::still).ifPresent(still::add));
            change.flatMap(each -> each.elsewhere(environment)).ifPresent(elsewhere::add);
            Merged came = lost.contains(tip)
                    ? arrivals.ofGone(tip, environment, offer)
                    : change.isEmpty() ? arrivals.of(tip, environment, offer) : merged(change.get(), environment, left);
            Optional<String> before = change.map(each -> each.was().snapshot().commit());
            merged.add(waiting.with(came, before, tip.snapshot().commit(), environment)
                    .about(environment, room.memory().ledger()));
        }
        List<Pair> pairs = new ArrayList<>(Wholes.complete(moved, still));
        if (pairs.isEmpty() && applied.isEmpty() && (known.isPresent() || isLive(environment))) {
            merged.clear();
            for (Side tip : tips) {
                merged.add(arrivals.ofGone(tip, environment, offer)
                        .about(environment, room.memory().ledger()));
            }
            pairs.addAll(gone(environment, tips, offer));
        }
        Question.Heading heading =
                pairs.isEmpty() ? new Question.Heading("", 0, "", "") : heading(pairs.getFirst(), merged);
        Question question = new Question(heading, pairs, elsewhere, offerBefore, offer, offer.policies(), left);
        return new Situation(question, merged, revisions);
    }

    /** Whether the last release went through, and none was killed after it. */
    private boolean isSettled(EnvironmentState known) {
        return DriftFlow.isSettled(known)
                && !Unfinished.after(known, room.memory().ledger());
    }

    private static Question.Heading heading(Pair pair, List<Merged> merged) {
        RepositoryInfo repository = pair.after().repository();
        int pull = merged.stream()
                .filter(each -> each.repository().equals(repository))
                .flatMap(each -> each.inOrder().stream())
                .mapToInt(PullRequest::number)
                .max()
                .orElse(0);
        String head = pair.after().snapshot().commit();
        String base = pair.known().map(side -> side.snapshot().commit()).orElse("");
        return new Question.Heading(repository.name(), pull, base, head);
    }

    private Optional<Snapshot> before(Side tip, Map<String, String> applied) {
        String commit = applied.get(tip.repository().name());
        if (commit == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(room.world().repository(tip.repository()).snapshot(commit));
        } catch (RepositoryException e) {
            // The applied commit is gone (history was rewritten): the live inventory must tell what is there.
            return Optional.empty();
        }
    }

    /** What a repository says differently than when it was applied; empty where nobody knows what that was. */
    private Optional<Change> change(Side tip, Map<String, Snapshot> earlier, Offer offerBefore)
            throws RepositoryException {
        Snapshot before = earlier.get(tip.repository().name());
        if (before == null) {
            return Optional.empty();
        }
        List<String> paths = room.world()
                .repository(tip.repository())
                .changed(before.commit(), tip.snapshot().commit());
        Side was = new Side(tip.repository(), before, room.library().overlaid(tip.repository(), before, offerBefore));
        return Optional.of(new Change(was, tip, paths, Touched.by(was.index(), tip.index(), paths)));
    }

    /** All that a repository says of an environment, where nobody knows what was applied. */
    private static Optional<Pair> whole(Side tip, String environment, boolean lost) {
        Map<String, Touched> whole = Map.of(environment, Touched.WHOLE);
        List<String> files = tip.index().filesOf(environment);
        return files.isEmpty() && !lost ? Optional.empty() : Optional.of(new Pair(null, tip, whole, files));
    }

    /** Whether anything of an environment is live, or nobody can tell. */
    private boolean isLive(String environment) {
        List<Problem> silent = new ArrayList<>();
        List<Live> live = new Comparing(room.world().targets())
                .inventory(room.world().targets().keySet(), environment, silent);
        return !live.isEmpty() || !silent.isEmpty();
    }

    /**
     * An environment that nobody names any more and that was never applied as told: what was last said of it, else whatever
     * is live of it.
     */
    private List<Pair> gone(String environment, List<Side> tips, Offer offer) throws RepositoryException {
        Map<String, Touched> whole = Map.of(environment, Touched.WHOLE);
        List<Pair> gone = new ArrayList<>();
        for (Side tip : tips) {
            arrivals.last(tip, environment, offer).ifPresent(last -> gone.add(new Pair(last, tip, whole, List.of())));
        }
        if (gone.isEmpty() && !tips.isEmpty()) {
            gone.add(new Pair(null, tips.getFirst(), whole, List.of()));
        }
        return gone;
    }

    /** What came in since, each commit told by what it touches in what was applied, in what is to be, or in what was left. */
    private Merged merged(Change change, String environment, Left left) throws RepositoryException, ForgeException {
        RepositoryInfo info = change.is().repository();
        String before = change.was().snapshot().commit();
        String now = change.is().snapshot().commit();
        RepoIndex was = change.was().index();
        RepoIndex is = change.is().index();
        Set<String> leftOf = left.paths();
        return before.equals(now)
                ? Merged.none(info)
                : Merged.between(
                        room.world(),
                        info,
                        before,
                        now,
                        paths -> LookFlow.offers(was, is, paths)
                                || Touched.by(was, is, paths).containsKey(environment)
                                || !Collections.disjoint(leftOf, paths));
    }
}
