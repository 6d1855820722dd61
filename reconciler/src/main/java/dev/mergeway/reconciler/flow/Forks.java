package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.ForgeException;
import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.report.Facts;
import dev.mergeway.reconciler.run.Order;
import dev.mergeway.reconciler.run.RepositoryInfo;
import java.time.Duration;
import java.util.Optional;

/**
 * Pull requests from forks: anybody can open one, and a plan reads what is live, so it is made only where somebody who may
 * write asks for it. The consent is for one commit; what is pushed later wants another.
 */
final class Forks {
    private static final Duration FRESH = Duration.ofMinutes(1);

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
        return world.said(info, pull.number())
                .filter(facts -> facts.state() == Facts.State.PLAN)
                .filter(facts -> facts.head().equals(pull.head()))
                .isPresent();
    }

    /**
     * Remembers that a member asks for the plan of the head that was known then; where none was, of the head now, unless it
     * was asked so long ago that others may have pushed since.
     *
     * @return false where it is a fork's and its head is another than was asked for
     */
    boolean asked(RepositoryInfo info, int number, Order order) throws ForgeException {
        Optional<PullRequest> pull = world.forge(info).pull(info.path(), number).filter(PullRequest::fork);
        if (pull.isEmpty()) {
            return true;
        }
        String head = pull.get().head();
        boolean meant = order.covers().isEmpty()
                ? memory.clock().now().isBefore(order.at().plus(FRESH))
                : order.covers().equals(head);
        if (meant) {
            memory.ledger().approve(info.name(), number, consent(head), order.author());
        }
        return meant;
    }

    /** Stands among the hashes of plans, none of which reads so. */
    private static String consent(String head) {
        return "fork:" + head;
    }
}
