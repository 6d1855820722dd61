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
        String plan) {}
