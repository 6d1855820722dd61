package dev.mergeway.reconciler.run;

/**
 * What is known of a pull request.
 *
 * @param repository name of the configured repository
 * @param number its number
 * @param title its title; untrusted text
 * @param branch where it comes from
 * @param head the commit that was planned
 * @param author who opened it
 * @param state {@code open merged closed}
 * @param url its page on the forge
 * @param verdict {@code ready blocked invalid}, "" before the first plan
 * @param hash hash of the plan, "" before the first
 * @param comment the Markdown as posted, "" before the first
 * @param plan the plan JSON as in the contract, "" before the first
 */
public record PullState(
        String repository,
        int number,
        String title,
        String branch,
        String head,
        String author,
        String state,
        String url,
        String verdict,
        String hash,
        String comment,
        String plan) {
    /**
     * Whether what is at the head has its verdict. One that conflicts or is a fork's has a verdict and no plan: it waits for
     * a push or for somebody, not for us.
     */
    public boolean isCurrent(String now) {
        return head.equals(now) && state.equals("open") && !verdict.isEmpty();
    }

    /** The same in another state. */
    public PullState withState(String other) {
        return new PullState(repository, number, title, branch, head, author, other, url, verdict, hash, comment, plan);
    }

    /** The same with the plan of another hash. */
    public PullState withHash(String other) {
        return new PullState(
                repository, number, title, branch, head, author, state, url, verdict, other, comment, plan);
    }

    /** The same with another comment. */
    public PullState withComment(String other) {
        return new PullState(repository, number, title, branch, head, author, state, url, verdict, hash, other, plan);
    }
}
