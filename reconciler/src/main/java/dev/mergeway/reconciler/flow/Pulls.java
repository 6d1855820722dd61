package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.run.PullState;

/** Small changes to what is remembered of a pull request. */
final class Pulls {
    private Pulls() {}

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
