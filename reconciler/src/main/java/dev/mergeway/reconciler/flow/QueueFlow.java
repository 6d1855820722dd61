package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.policy.Judgement;
import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.Repository;
import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.util.List;
import java.util.Optional;

/**
 * From a merge queue's commit to its status: the queue waits for it, and merges the very commit that was planned. Says
 * nothing in a comment: the pull request's own plan is there already.
 */
final class QueueFlow {
    private final Room room;

    QueueFlow(Room room) {
        this.room = room;
    }

    Ending check(RepositoryInfo info, int number, String commit) throws RepositoryException, ForgeException {
        Optional<PullRequest> pull =
                number == 0 ? Optional.empty() : room.world().forge(info).pull(info.path(), number);
        if (pull.filter(found -> found.state() != PullRequest.State.OPEN).isPresent()) {
            return Ending.done("the queue is through with it");
        }
        Repository repository = room.world().repository(info);
        repository.fetch();
        if (!waits(info, repository, commit)) {
            return Ending.done("the queue does not wait for it any more");
        }
        repository.fetch(commit, pull.map(PullRequest::refs).orElseGet(List::of));
        Optional<String> base = repository.head(info.branch());
        if (base.isEmpty()) {
            return Ending.done("there is no branch " + info.branch() + " to merge into");
        }
        room.saying().queued(info, number, commit);
        Question question = new Proposed(room).question(info, number, base.get(), commit, repository.snapshot(commit));
        Draft draft = room.planning().draft(question);
        if (!draft.unreachable().isEmpty()) {
            return Ending.failed(draft.unreachable().getFirst().message(), true);
        }
        Judgement judgement = pull.isPresent()
                ? room.judging().review(draft, info, pull.get())
                : room.judging().unapproved(draft);
        room.saying().queued(info, number, commit, draft, judgement);
        return Ending.done(judgement.verdict().label() + ": " + Summaries.line(draft.plan()));
    }

    /** A commit of a queue is a branch of it as long as the queue waits; one that comes back is found by a look. */
    private boolean waits(RepositoryInfo info, Repository repository, String commit)
            throws RepositoryException, ForgeException {
        Optional<String> start = room.world().forge(info).queue(info.branch());
        return start.isEmpty()
                || repository.branches().stream()
                        .anyMatch(branch ->
                                branch.commit().equals(commit) && branch.name().startsWith(start.get()));
    }
}
