package dev.mergeway.reconciler.forge.rest;

import java.util.List;
import java.util.Optional;

/**
 * Finds the one comment that carries a marker. Anybody can copy a marker into a comment of their own, so a comment by
 * another is not ours, whatever it carries; while we do not know who we are, none is.
 */
public final class Sticky {
    private Sticky() {}

    /**
     * A comment.
     *
     * @param id its id
     * @param author login of who wrote it
     * @param body its text as it is stored
     */
    public record Comment(long id, String author, String body) {
        /** Whether it reads the same: forges may change line ends and drop blanks at the end. */
        public boolean reads(String markdown) {
            return plain(body).equals(plain(markdown));
        }

        private static String plain(String text) {
            return text.replace("\r\n", "\n").stripTrailing();
        }
    }

    /** The oldest comment of ours that carries the marker. */
    public static Optional<Comment> find(List<Comment> oldestFirst, String marker, Optional<String> self) {
        return oldestFirst.stream()
                .filter(comment -> comment.body().contains(marker))
                .filter(comment -> self.map(comment.author()::equalsIgnoreCase).orElse(false))
                .findFirst();
    }
}
