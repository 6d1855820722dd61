package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.Ledger;
import dev.mergeway.reconciler.report.PlanComment;
import dev.mergeway.reconciler.run.EnvironmentState;
import dev.mergeway.reconciler.run.RepositoryInfo;
import dev.mergeway.reconciler.run.RunKey;
import dev.mergeway.webhooks.event.RepoEvent.CommentDeleted;
import dev.mergeway.webhooks.event.RepoEvent.PullChanged;

/**
 * What a forge says became of a pull request, to the runs that look at it. A forge announces one push several times, as a
 * push and as a change of the pull request: it is planned once.
 */
public final class PullNews {
    private final Memory memory;
    private final Announcements announcements;

    /** News for reviews of this process, which tell what they are about. */
    public PullNews(Memory memory, Announcements announcements) {
        this.memory = memory;
        this.announcements = announcements;
    }

    /** Asks for a look, and for a review unless one knows what is new already. */
    public void heard(RepositoryInfo info, PullChanged changed) {
        boolean underWay = announcements.heard(
                info.name(), changed.number(), changed.head(), memory.clock().now());
        if (!isOnlyAHead(changed) || !(underWay || isPlanned(info, changed))) {
            memory.agenda().ask(new RunKey.Review(info.name(), changed.number()));
        }
        memory.agenda().ask(new RunKey.Look(info.name()));
    }

    /** A comment is gone: where it was ours, the review says it again. */
    public void heard(RepositoryInfo info, CommentDeleted deleted) {
        if (deleted.body().contains(PlanComment.MARKER)) {
            memory.agenda().ask(new RunKey.Review(info.name(), deleted.number()));
        }
    }

    /** Somebody reviewed: judge the plan again, and go on with what was held. */
    public void reviewed(RepositoryInfo info, int number) {
        memory.agenda().ask(new RunKey.Review(info.name(), number));
        unfinished();
    }

    /** Asks for the releases of everything that is not as it should be. */
    void unfinished() {
        Ledger.each(after -> memory.ledger().environments(after, 500), state -> {
            if (state.sync() != EnvironmentState.Sync.SYNCED) {
                memory.agenda().ask(new RunKey.Release(state.name()));
            }
        });
    }

    /** Anything else, such as another base, changes what there is to plan though the head is the same. */
    private static boolean isOnlyAHead(PullChanged changed) {
        return switch (changed.change()) {
            case OPENED, COMMITS -> true;
            case REOPENED, RETARGETED, EDITED, DRAFT, READY, CLOSED, MERGED -> false;
        };
    }

    private boolean isPlanned(RepositoryInfo info, PullChanged changed) {
        return memory.ledger()
                .pull(info.name(), changed.number())
                .filter(state -> state.isCurrent(changed.head()))
                .isPresent();
    }
}
