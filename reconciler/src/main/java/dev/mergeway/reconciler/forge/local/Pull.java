package dev.mergeway.reconciler.forge.local;

import dev.mergeway.reconciler.port.PullRequest;
import dev.mergeway.reconciler.port.PullRequest.State;
import java.util.Locale;
import java.util.Map;

/**
 * What is kept of a pull request.
 *
 * @param number its number
 * @param branch its branch, whose number it stays for good
 * @param head commit at the tip of the branch, the last one seen where it is deleted
 * @param base the tracked branch
 * @param title subject of the head commit
 * @param author author of the head commit at first sight
 * @param state what became of it
 * @param merge commit of the tracked branch that brought the head in, "" unless merged
 * @param from tip of the tracked branch before that commit, "" unless merged
 */
record Pull(
        int number,
        String branch,
        String head,
        String base,
        String title,
        String author,
        State state,
        String merge,
        String from) {
    /** Longest title that is kept, in characters. */
    private static final int LONGEST_TITLE = 250;

    Pull at(String commit, String subject) {
        return new Pull(number, branch, commit, base, line(subject), author, state, merge, from);
    }

    Pull numbered(int with) {
        return new Pull(with, branch, head, base, title, author, state, merge, from);
    }

    Pull open() {
        return new Pull(number, branch, head, base, title, author, State.OPEN, "", "");
    }

    Pull closed() {
        return new Pull(number, branch, head, base, title, author, State.CLOSED, "", "");
    }

    Pull merged(String by, String before) {
        return new Pull(number, branch, head, base, title, author, State.MERGED, by, before);
    }

    PullRequest seenAs(String url) {
        String by = merge.isEmpty() ? null : merge;
        return new PullRequest(number, title, author, branch, head, base, state, by, url, false, false);
    }

    /** Untrusted text as one short line. */
    static String line(String text) {
        String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.codePointCount(0, clean.length()) <= LONGEST_TITLE
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, LONGEST_TITLE)) + "…";
    }

    Map<String, String> fields() {
        return Fields.of(
                "number", String.valueOf(number),
                "branch", branch,
                "head", head,
                "base", base,
                "title", title,
                "author", author,
                "state", state.name().toLowerCase(Locale.ROOT),
                "merge", merge,
                "from", from);
    }

    /** Reads what {@link #fields} wrote; an {@link IllegalArgumentException} says what is missing. */
    static Pull of(Map<String, String> fields) {
        return new Pull(
                Integer.parseInt(Fields.need(fields, "number")),
                Fields.need(fields, "branch"),
                Fields.need(fields, "head"),
                Fields.need(fields, "base"),
                fields.getOrDefault("title", ""),
                fields.getOrDefault("author", ""),
                State.valueOf(Fields.need(fields, "state").toUpperCase(Locale.ROOT)),
                fields.getOrDefault("merge", ""),
                fields.getOrDefault("from", ""));
    }
}
