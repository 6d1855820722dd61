package dev.mergeway.reconciler.contract;

import java.net.URI;
import java.util.List;

/** A forge of the test's own with a real repository {@code acme/shop}, and what people do on its pages. */
public interface StandInForge extends AutoCloseable {
    /** Its type in a configuration. */
    String type();

    /** Where it is. */
    URI url();

    /** What webhooks are signed with. */
    String secret();

    /** From now on webhooks go there. */
    void hook(URI to);

    /** Its API lags behind its webhooks: so many reads of a pull request find none. */
    void lag(int reads);

    /** Rosa opens a pull request of a branch onto main; gives its number. */
    int open(String branch);

    /** Maria merges one; gives the merge commit. */
    String merge(int number);

    /** Maria approves one. */
    void approve(int number);

    /** Somebody comments; gives the comment's id. */
    long say(int number, String who, String text);

    /** Texts of the service's comments on a pull request, oldest first. */
    List<String> said(int number);

    /** Ids of the service's comments on a pull request, oldest first. */
    List<Long> ids(int number);

    /** Texts of the service's remarks at lines, with the file and the line. */
    List<String> remarks(int number);

    /** Reactions of the service to a comment. */
    List<String> reactions(long comment);

    /** How a status stands, as {@code state: description}; "" for none. */
    String status(String commit, String context);

    /** Numbers of the open pull requests. */
    List<Integer> open();

    /** What its judge does not allow. */
    List<String> violations();

    /** What was asked of its API: method and path. */
    List<String> asked();

    @Override
    void close();
}
