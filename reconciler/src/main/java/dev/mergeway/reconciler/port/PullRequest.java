package dev.mergeway.reconciler.port;

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

    /** What became of it. */
    public enum State {
        OPEN,
        MERGED,
        CLOSED
    }
}
