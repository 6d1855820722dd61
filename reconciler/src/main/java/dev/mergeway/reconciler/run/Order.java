package dev.mergeway.reconciler.run;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody ordered in a comment. What it covers is bound when it is heard, so that an order that waits for its forge
 * never covers what its author did not see.
 *
 * @param verb what to do
 * @param comment the forge's id of the comment, to be answered
 * @param at when it was heard, in whole seconds
 * @param written when its comment was written, by the forge's clock, in whole seconds; null where that is not known
 * @param covers for an approval the hash of the plan that was shown, else the head that was known; "" where none was
 * @param author who ordered it
 */
public record Order(
        Verb verb, long comment, Instant at, @Nullable Instant written, String covers, String author) {
    /** What an order covers whose comment was edited by nobody knows whom: neither a hash nor a head. */
    public static final String EDITED = "edited";

    /** What can be ordered; whatever is none of the others is answered with help. */
    public enum Verb {
        PLAN,
        RETRY,
        APPROVE,
        ROLLBACK,
        HELP,
        UNKNOWN;

        /** The verb of a word. */
        public static Verb of(String word) {
            for (Verb verb : values()) {
                if (verb.word().equals(word)) {
                    return verb;
                }
            }
            return UNKNOWN;
        }

        /** As it is written in a comment. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Order {
        at = Instant.ofEpochSecond(at.getEpochSecond());
        written = written == null ? null : Instant.ofEpochSecond(written.getEpochSecond());
    }

    /** One of which nobody knows when it was written. */
    public Order(Verb verb, long comment, Instant at, String covers, String author) {
        this(verb, comment, at, null, covers, author);
    }

    /** Stable text of it; the author last, who may have any name. */
    String text() {
        String times = at.getEpochSecond() + (written == null ? "" : "~" + written.getEpochSecond());
        return comment + "/" + verb.word() + "/" + times + "/" + covers + "/" + author;
    }

    /** The order of a text that {@link #text()} made. */
    static Order parse(String text) {
        String[] parts = text.split("/", 5);
        String[] times = parts[2].split("~", 2);
        return new Order(
                Verb.of(parts[1]),
                Long.parseLong(parts[0]),
                Instant.ofEpochSecond(Long.parseLong(times[0])),
                times.length < 2 ? null : Instant.ofEpochSecond(Long.parseLong(times[1])),
                parts[3],
                parts[4]);
    }
}
