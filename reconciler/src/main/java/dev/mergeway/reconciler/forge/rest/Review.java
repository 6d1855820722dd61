package dev.mergeway.reconciler.forge.rest;

import dev.mergeway.reconciler.port.Forge;
import dev.mergeway.reconciler.port.ForgeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A review of a pull request, on forges that keep all of them.
 *
 * @param user login of the reviewer
 * @param commit the commit that was looked at
 * @param verdict what it says
 * @param id its id on the forge
 */
public record Review(String user, String commit, Verdict verdict, long id) {
    /** What a review says. */
    public enum Verdict {
        APPROVES,
        REJECTS,
        /** It did say something, and somebody took that back. */
        DISMISSED,
        /** A comment, or one that is not submitted: changes nothing. */
        NEITHER
    }

    /**
     * The approvals in force: each user's latest verdict, where it approves this very commit.
     *
     * @param oldestFirst all reviews, in the order they were submitted
     * @param head the commit that must have been looked at
     */
    public static List<Forge.Approval> inForce(List<Review> oldestFirst, String head) {
        Map<String, Review> latest = new LinkedHashMap<>();
        for (Review review : oldestFirst) {
            if (review.verdict() != Verdict.NEITHER) {
                latest.remove(review.user());
                latest.put(review.user(), review);
            }
        }
        return latest.values().stream()
                .filter(review ->
                        review.verdict() == Verdict.APPROVES && review.commit().equals(head))
                .map(review -> new Forge.Approval(review.user(), review.commit(), Long.toString(review.id())))
                .toList();
    }

    /** Those by people who may write: on a public repository anybody can approve. */
    public static List<Forge.Approval> byWriters(Forge forge, String repository, List<Forge.Approval> approvals)
            throws ForgeException {
        List<Forge.Approval> counted = new ArrayList<>();
        for (Forge.Approval approval : approvals) {
            if (forge.permission(repository, approval.user()).compareTo(Forge.Permission.WRITE) >= 0) {
                counted.add(approval);
            }
        }
        return counted;
    }
}
