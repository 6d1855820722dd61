package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.run.PullState;

/** Small questions about and changes to what is remembered of a pull request. */
final class Pulls {
    private Pulls() {}

    /**
     * Whether what is at the head has its verdict. One that conflicts or is a fork's has a verdict and no plan: it waits for
     * a push or for somebody, not for us.
     */
    static boolean isCurrent(PullState pull, String head) {
        return pull.head().equals(head)
                && pull.state().equals("open")
                && !pull.verdict().isEmpty();
    }

    static PullState withState(PullState pull, String state) {
        return new PullState(
                pull.repository(),
                pull.number(),
                pull.title(),
                pull.branch(),
                pull.head(),
                pull.author(),
                state,
                pull.url(),
                pull.verdict(),
                pull.hash(),
                pull.comment(),
                pull.plan());
    }

    static PullState withHash(PullState pull, String hash) {
        return new PullState(
                pull.repository(),
                pull.number(),
                pull.title(),
                pull.branch(),
                pull.head(),
                pull.author(),
                pull.state(),
                pull.url(),
                pull.verdict(),
                hash,
                pull.comment(),
                pull.plan());
    }

    static PullState withComment(PullState pull, String comment) {
        return new PullState(
                pull.repository(),
                pull.number(),
                pull.title(),
                pull.branch(),
                pull.head(),
                pull.author(),
                pull.state(),
                pull.url(),
                pull.verdict(),
                pull.hash(),
                comment,
                pull.plan());
    }
}
