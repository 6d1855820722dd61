package dev.mergeway.webhooks.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened on a forge. An event is a hint: whoever receives one reads everything again, so a lost,
 * repeated or reordered event changes nothing but the delay.
 */
public sealed interface RepoEvent {
    /** Path of the repository on its forge, such as {@code acme/shop}. */
    String repository();

    /**
     * A branch moved: new commits, a force push, created or deleted. Where a forge does not tell where a deleted branch
     * was, both are {@link #NONE}.
     */
    record Pushed(String repository, String branch, String before, String after) implements RepoEvent {
        /** The commit id that stands for none, in {@code before} of a new and {@code after} of a deleted branch. */
        public static final String NONE = "0000000000000000000000000000000000000000";
    }

    /** A pull request was opened, changed or ended. */
    record PullChanged(String repository, int number, Change change, String head, String actor) implements RepoEvent {
        /** What became of it. */
        public enum Change {
            OPENED,
            COMMITS,
            REOPENED,
            RETARGETED,
            EDITED,
            DRAFT,
            READY,
            CLOSED,
            MERGED
        }
    }

    /**
     * Somebody wrote (or edited) a comment on a pull request.
     *
     * @param repository path of the repository
     * @param number of the pull request
     * @param comment the forge's id of the comment
     * @param author who wrote what it reads
     * @param body its text; untrusted
     * @param edited whether it read otherwise before
     * @param written when it came to read so, by the forge's clock; null where the forge does not say
     */
    record Commented(
            String repository,
            int number,
            long comment,
            String author,
            String body,
            boolean edited,
            @Nullable Instant written)
            implements RepoEvent {
        /** One of which the forge does not say when it was written. */
        public Commented(String repository, int number, long comment, String author, String body, boolean edited) {
            this(repository, number, comment, author, body, edited, null);
        }
    }

    /** Somebody deleted a comment on a pull request; what it read tells whether it was ours. GitLab does not say so. */
    record CommentDeleted(String repository, int number, String body) implements RepoEvent {}

    /** A review was submitted or dismissed; what it says is read from the forge. */
    record Reviewed(String repository, int number, String reviewer) implements RepoEvent {}

    /** A merge queue asks for the checks of a commit that would be the merge. */
    record MergeQueued(String repository, String head, String base, List<Integer> pulls) implements RepoEvent {
        public MergeQueued {
            pulls = List.copyOf(pulls);
        }
    }

    /** Authentic, and nothing to do. */
    record Ignored(String repository, String reason) implements RepoEvent {}
}
