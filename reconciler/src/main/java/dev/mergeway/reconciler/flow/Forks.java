package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.report.Facts;
import dev.mergeway.reconciler.report.PlanComment;
import dev.mergeway.reconciler.run.RepositoryInfo;

/**
 * Pull requests from forks: anybody can open one, and a plan reads what is live, so it is made only where somebody who may
 * write asks for it. The consent is for one commit; what is pushed later wants another.
 */
final class Forks {
    private final World world;
    private final Memory memory;

    Forks(World world, Memory memory) {
        this.world = world;
        this.memory = memory;
    }

    /** Whether it may be planned. A plan that is shown was asked for, though the database may have forgotten by whom. */
    boolean mayPlan(RepositoryInfo info, PullRequest pull) throws ForgeException {
        if (!pull.fork()
                || !memory.ledger()
                        .approvals(info.name(), pull.number(), consent(pull.head()))
                        .isEmpty()) {
            return true;
        }
        return world.forge(info)
                .said(info.path(), pull.number(), PlanComment.MARKER)
                .flatMap(PlanComment::facts)
                .filter(facts -> facts.state() == Facts.State.PLAN)
                .filter(facts -> facts.head().equals(pull.head()))
                .isPresent();
    }

    /** Remembers that a member asks for the plan of what is at the head now; nothing to remember where it is no fork's. */
    void asked(RepositoryInfo info, int number, String member) throws ForgeException {
        world.forge(info)
                .pull(info.path(), number)
                .filter(PullRequest::fork)
                .ifPresent(pull -> memory.ledger().approve(info.name(), number, consent(pull.head()), member));
    }

    /** Stands among the hashes of plans, none of which reads so. */
    private static String consent(String head) {
        return "fork:" + head;
    }
}
