package dev.mergeway.schema.model;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that can be looked at so often and no more, for patterns that somebody else wrote. Java's patterns go back over a
 * text again and again: {@code .*.*.*.*.*!} needs years for a thousand characters, and groups that repeat are a call deeper
 * for each of their turns.
 */
public final class FrugalText implements CharSequence {
    private final String text;
    private long left;

    private FrugalText(String text, long looks) {
        this.text = text;
        this.left = looks;
    }

    /** Whether the pattern is found in the text; empty where that costs too much. */
    public static Optional<Boolean> finds(Pattern pattern, String text, long looks) {
        return ask(pattern, text, looks, Matcher::find);
    }

    /** Whether the pattern matches the whole text; empty where that costs too much. */
    public static Optional<Boolean> matches(Pattern pattern, String text, long looks) {
        return ask(pattern, text, looks, Matcher::matches);
    }

    private static Optional<Boolean> ask(Pattern pattern, String text, long looks, Predicate<Matcher> question) {
        try {
            return Optional.of(question.test(pattern.matcher(new FrugalText(text, looks))));
        } catch (ExhaustedException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    @Override
    public char charAt(int index) {
        if (left-- <= 0) {
            throw new ExhaustedException();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    /** It was looked at too often. */
    private static final class ExhaustedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
