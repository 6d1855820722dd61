package dev.mergeway.reconciler.port;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pull request as its forge has it now.
 *
 * @param number its number within the repository
 * @param title its title; untrusted text
 * @param author login of who opened it
 * @param branch the branch it comes from
 * @param head commit id at its tip
 * @param base the branch it shall be merged into
 * @param state open, merged or closed
 * @param merge commit id of the merge, null unless merged
 * @param url its page
 * @param draft whether it says it is not ready
 * @param fork whether it comes from another repository
 */
public record PullRequest(
        int number,
        String title,
        String author,
        String branch,
        String head,
        String base,
        State state,
        @Nullable String merge,
        String url,
        boolean draft,
        boolean fork) {
    /** Commit id of the merge. */
    public Optional<String> mergeCommit() {
        return Optional.ofNullable(merge);
    }

    /**
     * References under which its head may be at the origin: those that the forges keep for it (GitHub and Gitea the first,
     * GitLab the second), and its branch, which is one of a fork's own where it comes from a fork.
     */
    public List<String> refs() {
        List<String> kept = List.of("refs/pull/" + number + "/head", "refs/merge-requests/" + number + "/head");
        return fork ? kept : List.of("refs/heads/" + branch, kept.get(0), kept.get(1));
    }

    /** What became of it. */
    public enum State {
        OPEN,
        MERGED,
        CLOSED
    }
}
