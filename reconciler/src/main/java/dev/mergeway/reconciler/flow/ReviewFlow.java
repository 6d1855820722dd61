package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.policy.Judgement;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Remark;
import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.port.Snapshot;
import dev.mergeway.reconciler.resource.Problem;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** From a pull request to its comment: fetch, merge, read, expand, plan, judge, say. */
final class ReviewFlow {
    private final Room room;
    private final Announcements announcements;

    ReviewFlow(Room room, Announcements announcements) {
        this.room = room;
        this.announcements = announcements;
    }

    /** Plans what the forge says is there, and looks again soon where a webhook announced something else. */
    Ending review(RepositoryInfo info, int number) throws RepositoryException, ForgeException {
        announcements.begins(info.name(), number);
        try {
            return announced(info, number);
        } finally {
            announcements.ends(info.name(), number);
        }
    }

    private Ending announced(RepositoryInfo info, int number) throws RepositoryException, ForgeException {
        // The base comes first: one that is read while the pull request is open yet does not hold its merge.
        Optional<String> base = room.world().repository(info).head(info.branch());
        Optional<PullRequest> found = room.world().forge(info).pull(info.path(), number);
        Optional<Duration> again = announcements.reads(
                info.name(),
                number,
                found.map(PullRequest::head).orElse(""),
                room.memory().clock().now());
        if (found.isEmpty() && again.isPresent()) {
            return Ending.lookAgain("the forge does not know it yet", again.get());
        }
        Ending ending = review(info, number, base, found);
        return again.isPresent() && !ending.retry() ? Ending.lookAgain(ending.message(), again.get()) : ending;
    }

    private Ending review(RepositoryInfo info, int number, Optional<String> base, Optional<PullRequest> found)
            throws RepositoryException, ForgeException {
        if (found.isEmpty() || found.get().state() != PullRequest.State.OPEN) {
            return ended(info, number, found);
        }
        PullRequest pull = found.get();
        if (base.isEmpty() || !pull.base().equals(info.branch())) {
            room.saying().elsewhere(info, pull);
            return Ending.done("nothing to plan: it is not onto " + info.branch());
        }
        if (!room.forks().mayPlan(info, pull)) {
            room.saying().fork(info, pull);
            return Ending.done("it is from a fork, and nobody who may write asked for its plan");
        }
        Repository repository = room.world().repository(info);
        repository.fetch(pull.head(), pull.refs());
        room.saying().pending(info, pull);
        return switch (repository.merge(base.get(), pull.head())) {
            case Repository.Merge.Conflict conflict -> conflict(info, pull, conflict);
            case Repository.Merge.Clean clean -> planned(info, pull, base.get(), clean.result());
        };
    }

    private Ending ended(RepositoryInfo info, int number, Optional<PullRequest> pull) {
        room.saying().over(info, number);
        String state = pull.filter(found -> found.state() == PullRequest.State.MERGED)
                .map(any -> "merged")
                .orElse("closed");
        room.memory()
                .ledger()
                .pull(info.name(), number)
                .ifPresent(known -> room.memory().ledger().save(known.withState(state)));
        return Ending.done("it is " + state);
    }

    private Ending conflict(RepositoryInfo info, PullRequest pull, Repository.Merge.Conflict conflict)
            throws ForgeException {
        room.saying().conflict(info, pull, conflict.paths());
        return Ending.done("it conflicts with " + info.branch());
    }

    private Ending planned(RepositoryInfo info, PullRequest pull, String base, Snapshot merge)
            throws RepositoryException, ForgeException {
        String run = room.runs().begin("review", info, pull);
        Planned planned = room.runs().unlessBroken(run, () -> plan(info, pull, base, merge));
        room.runs().end(run, planned.ending());
        Draft draft = planned.draft();
        if (planned.isLate()) {
            return planned.ending();
        }
        if (draft.unreachable().isEmpty()) {
            Judgement judgement = planned.judgement();
            List<Remark> remarks = Remarks.of(info, merge, draft.plan().findings(), judgement);
            room.judging().shows(info, pull, draft.plan(), judgement);
            room.saying().plan(info, pull, draft, judgement, remarks);
        } else {
            room.saying().unreachable(info, pull, draft.unreachable().getFirst());
        }
        return planned.ending();
    }

    /** What came out, and whether that is too late: it was merged or closed meanwhile. */
    private record Planned(Draft draft, Judgement judgement, boolean isLate, Ending ending) {}

    private Planned plan(RepositoryInfo info, PullRequest pull, String base, Snapshot merge)
            throws RepositoryException, ForgeException {
        Draft draft = room.planning().draft(new Proposed(room).question(info, pull.number(), base, pull.head(), merge));
        Judgement judgement = room.judging().review(draft, info, pull);
        Optional<PullRequest> now = room.world().forge(info).pull(info.path(), pull.number());
        if (now.filter(each -> each.state() == PullRequest.State.OPEN).isEmpty()) {
            // Merged meanwhile: what was shown before is what counts, and the comment may be the receipt already.
            return new Planned(draft, judgement, true, ended(info, pull.number(), now));
        }
        String line = judgement.verdict().label() + ": " + Summaries.line(draft.plan());
        Ending ending = passing(draft)
                .map(problem -> Ending.failed(problem.message(), true))
                .orElseGet(() -> Ending.done(line));
        return new Planned(draft, judgement, false, ending);
    }

    /** What kept a target from answering in full and may pass by itself: then it is planned again, though nobody pushes. */
    private static Optional<Problem> passing(Draft draft) {
        return Stream.concat(
                        draft.unreachable().stream(),
                        draft.differences().values().stream()
                                .flatMap(difference -> difference.refused().stream())
                                .filter(Problem::passing))
                .findFirst();
    }
}
