package dev.mergeway.reconciler.port;

import dev.mergeway.reconciler.run.OwnersStyle;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where pull requests live. Blocking, safe for many threads; paces its own writes and honours rate limits. {@code
 * repository} is the path on the forge, such as {@code acme/shop}.
 */
public interface Forge extends AutoCloseable {
    /** Its name in the configuration. */
    String name();

    /** Open pull requests onto the branch, in order of number. */
    List<PullRequest> open(String repository, String base) throws ForgeException;

    /** One pull request, in whatever state; empty where there is none of this number. */
    Optional<PullRequest> pull(String repository, int number) throws ForgeException;

    /** The pull requests that brought a commit into its branch (usually one: it is their merge commit or head). */
    List<PullRequest> pullsOf(String repository, String commit) throws ForgeException;

    /**
     * Says something in the one comment that carries the marker: found again by it, edited in place, left alone where it
     * reads the same already, made where there is none.
     *
     * @param marker a hidden text (an HTML comment) that the Markdown holds too
     */
    void say(String repository, int number, String marker, String markdown) throws ForgeException;

    /** What the comment that carries the marker reads now. */
    Optional<String> said(String repository, int number, String marker) throws ForgeException;

    /** Sets a commit's status; one that is set already is success. */
    void status(String repository, String commit, CommitStatus status) throws ForgeException;

    /** Shows findings at their lines, with what the line should read, where the forge can; replaces those shown before. */
    void annotate(String repository, PullRequest pull, List<Remark> remarks) throws ForgeException;

    /**
     * What stands for the comment {@code /mergeway approve} on a forge where nobody can write comments: a shell command, in
     * which the word approve may be another one. Empty where comments can be written.
     */
    default Optional<String> commanding(PullRequest pull) {
        return Optional.empty();
    }

    /** Answers a comment with a reaction. */
    void react(String repository, int number, long comment, Reaction reaction) throws ForgeException;

    /**
     * What our comment that carries the marker read at a time; "" where there was none, or it was edited since. Within the
     * second in which it was edited it counts as read, which forges do not tell finer; whoever is a program answers that
     * fast. Empty where the forge cannot tell.
     */
    default Optional<String> shown(String repository, int number, String marker, Instant at) throws ForgeException {
        return Optional.empty();
    }

    /**
     * Comments by others below the one of ours that carries the marker, oldest first; none where we said nothing, and on a
     * forge that tells again by itself what was not answered.
     */
    default List<Comment> replies(String repository, int number, String marker) throws ForgeException {
        return List.of();
    }

    /** Whether a comment has a reaction of ours. */
    default boolean answered(String repository, int number, long comment) throws ForgeException {
        return true;
    }

    /** Reviews in force that approve the head commit given, newest last. */
    List<Approval> approvals(String repository, int number, String head) throws ForgeException;

    /** What only its own page tells of a pull request; empty where the forge knows no more than the pull request itself. */
    default Optional<Origin> origin(String repository, int number) throws ForgeException {
        return Optional.empty();
    }

    /** What a user may do in a repository, by the forge's own permissions. */
    Permission permission(String repository, String user) throws ForgeException;

    /**
     * Logins of the members of a team or group; empty where the forge has none of that name, or the token may not see them.
     *
     * @param team as code owners name it, such as {@code acme/reviewers}, or on GitLab the role {@code @maintainer}
     */
    default Optional<Set<String>> members(String repository, String team) throws ForgeException {
        return Optional.empty();
    }

    /** The address that a user shows to others; empty where the forge or the user shows none. */
    default Optional<String> address(String repository, String user) throws ForgeException {
        return Optional.empty();
    }

    /** A token that lets Git read a repository, good for some minutes at least; empty where only the configured one does. */
    default Optional<String> gitToken(String repository) throws ForgeException {
        return Optional.empty();
    }

    /**
     * How the branches begin that it makes for what a queue in front of a branch is about to merge; a pull request's number
     * follows. Empty where it makes none.
     */
    default Optional<String> queue(String base) {
        return Optional.empty();
    }

    /** How it reads its file of code owners. */
    default OwnersStyle owners() {
        return OwnersStyle.GITHUB;
    }

    /**
     * Opens a pull request of ours that changes files; one that is open from the same branch already is updated.
     *
     * @param changes path to new content; an empty value deletes the file
     * @return its number
     */
    int propose(
            String repository,
            String base,
            String branch,
            String title,
            String body,
            Map<String, Optional<byte[]>> changes)
            throws ForgeException;

    /** Characters that a comment may have at most. */
    int commentLimit();

    @Override
    void close();

    /**
     * A commit's status.
     *
     * @param context {@code mergeway/plan} or {@code mergeway/apply}
     * @param state how it stands
     * @param description one line, cut to what the forge takes
     * @param url where to read more
     */
    record CommitStatus(String context, State state, String description, String url) {
        /** How it stands. */
        public enum State {
            PENDING,
            SUCCESS,
            FAILURE,
            ERROR
        }
    }

    /**
     * Where a pull request came from, and who let it in.
     *
     * @param description its text; untrusted
     * @param merged whether it is merged
     * @param merger login of who merged it; "" where it is not merged, or the forge does not say
     */
    record Origin(String description, boolean merged, String merger) {}

    /**
     * A review that approves.
     *
     * @param user who
     * @param commit what was looked at
     * @param id tells it from another by the same user, also of the same commit; "" where the forge cannot
     */
    record Approval(String user, String commit, String id) {}

    /**
     * A comment by somebody else.
     *
     * @param id its id
     * @param author login of who wrote it
     * @param body its text; untrusted
     * @param shown what our comment read when it was written; "" where ours was edited since, so that nobody knows
     * @param edited whether it was edited since, which others than its author may do
     */
    record Comment(long id, String author, String body, String shown, boolean edited) {}

    /** What a user may do, from least to most. */
    enum Permission {
        NONE,
        READ,
        WRITE,
        ADMIN
    }

    /** Answers to a comment. */
    enum Reaction {
        SEEN,
        DONE,
        REFUSED,
        CONFUSED
    }
}
