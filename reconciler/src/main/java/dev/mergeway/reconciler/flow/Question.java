package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.policy.PolicyRules;
import java.util.List;

/**
 * What to plan.
 *
 * @param heading what the plan is about
 * @param pairs the repositories that take part; the one that the heading names first
 * @param elsewhere what the same changes touch in environments that are not planned now: a resource may move there
 * @param offerBefore what the platform offered when the before-sides were applied
 * @param offer what it offers now
 * @param policies the policies that judge it, those of the base branch
 * @param left where to look for what releases left that did not go through
 */
record Question(
        Heading heading,
        List<Pair> pairs,
        List<Pair> elsewhere,
        Offer offerBefore,
        Offer offer,
        PolicyRules policies,
        Left left) {
    Question {
        pairs = List.copyOf(pairs);
        elsewhere = List.copyOf(elsewhere);
    }

    /** A question about all that a change touches. */
    Question(Heading heading, List<Pair> pairs, Offer offerBefore, Offer offer, PolicyRules policies) {
        this(heading, pairs, List.of(), offerBefore, offer, policies, Left.NOTHING);
    }

    /** The same about something else. */
    Question about(List<Pair> others) {
        return new Question(heading, others, offerBefore, offer, policies);
    }

    /**
     * What a plan is about.
     *
     * @param repository name of the repository
     * @param pull number of the pull request, 0 for none
     * @param base commit of the tracked branch
     * @param head commit it is made for
     */
    record Heading(String repository, int pull, String base, String head) {}
}
