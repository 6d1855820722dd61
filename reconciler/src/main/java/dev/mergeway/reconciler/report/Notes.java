package dev.mergeway.reconciler.report;

import dev.mergeway.reconciler.resource.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** What is said on a pull request beside its plan and its receipt. */
public final class Notes {
    /** Hidden in the comment that says what can be said. */
    public static final String HELP = "<!-- mergeway:help -->";

    /** Hidden in the comment that says why something is not taken back. */
    public static final String ROLLBACK = "<!-- mergeway:rollback -->";

    /** Hidden in the comment that says why an order counts for nothing. */
    public static final String AGAIN = "<!-- mergeway:again -->";

    private Notes() {}

    /**
     * That an approval in a comment covers nothing, since nobody can tell that its author saw the plan.
     *
     * @param author who gave it; an untrusted name
     */
    public static String again(String author) {
        return AGAIN + "\n### An approval does not count\n\nWhen " + Safe.code(author)
                + " wrote `/mergeway approve`, the plan that is shown now was not there yet, or our comment was edited"
                + " since. Read the plan as it is shown now, and write `/mergeway approve` again, in a new comment.\n";
    }

    /**
     * That an order counts for nothing, since others may have edited its comment.
     *
     * @param word what it orders
     * @param author who wrote the comment; an untrusted name
     */
    public static String edited(String word, String author) {
        return AGAIN + "\n### An edited comment does not count\n\nThe comment of " + Safe.code(author) + " with "
                + Safe.code("/mergeway " + word)
                + " was edited after it was written, and nobody can tell by whom. Write "
                + Safe.code("/mergeway " + word) + " again, in a new comment.\n";
    }

    /**
     * That a pull request is not taken back from here, and how to do it by hand.
     *
     * @param path what is not read whole; an untrusted name
     * @param why as it goes on after the path
     */
    public static String notTakenBack(String path, String why) {
        return ROLLBACK + "\n### It is not taken back from here\n\n" + Safe.code(path) + " "
                + Safe.prose(why)
                + ".\n\nWriting it anew would lose (a part of) it. Use `git revert` in a clone, and open a"
                + " pull request with that.\n";
    }

    /**
     * That a pull request conflicts with its base, so that there is nothing to plan.
     *
     * @param branch the base
     * @param paths files that conflict; untrusted names
     */
    public static String conflict(String branch, List<String> paths) {
        String files = paths.stream()
                .limit(20)
                .map(path -> "- " + Safe.code(path) + "\n")
                .collect(Collectors.joining());
        String more = paths.size() > 20 ? "- and " + (paths.size() - 20) + " more\n" : "";
        return PlanComment.MARKER + "\n### It conflicts with " + Safe.code(branch) + "\n\n"
                + "What merging would do cannot be said before these files are put right:\n\n" + files + more
                + "\nMerge or rebase onto " + Safe.code(branch)
                + ", resolve them, and push: it is planned again then.\n";
    }

    /** That a target cannot be asked, so that there is no plan yet. */
    public static String unreachable(Problem problem) {
        return PlanComment.MARKER + "\n### It cannot be planned yet\n\n" + Safe.prose(problem.message()) + " "
                + Receipt.turn(problem) + "\n\nWhat merging this would do is said here once the target answers.\n";
    }

    /** That a pull request comes from a fork, so that somebody must ask for its plan. */
    public static String fork() {
        return PlanComment.MARKER + "\n### It comes from a fork\n\n"
                + "A plan reads what is live, so one from a fork is made only when somebody who may write here asks for it:"
                + " look at what it changes, then comment `/mergeway plan`. That counts for the commits that are here now;"
                + " after another push, ask again.\n";
    }

    /**
     * That a pull request is onto a branch that is not followed.
     *
     * @param branch the branch that is
     * @param base the branch that it is onto; untrusted
     */
    public static String elsewhere(String branch, String base) {
        return PlanComment.MARKER + "\n### Nothing to plan\n\nIt is onto " + Safe.code(base)
                + ", and only what comes into " + Safe.code(branch)
                + " is applied: merging it changes nothing live. Change its base to " + Safe.code(branch)
                + " to have it planned.\n";
    }

    /** What can be said in a comment. */
    public static String help() {
        return HELP + """

                ### What you can say here

                | comment | what it does |
                |---|---|
                | `/mergeway plan` | makes the plan again |
                | `/mergeway retry` | tries again what failed or is held |
                | `/mergeway approve` | approves the plan as it is shown now; not your own |
                | `/mergeway rollback` | on a merged pull request: opens the one that takes it back |
                | `/mergeway help` | shows this |

                Who may say what follows the permissions of the repository: it takes the right to write.
                """;
    }
}
