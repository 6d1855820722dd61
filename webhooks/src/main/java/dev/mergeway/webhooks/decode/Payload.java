package dev.mergeway.webhooks.decode;

import dev.mergeway.webhooks.event.RepoEvent;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The wanted members of a payload, each by its place. Everything in it was written by others: texts are bounded, and
 * one-line texts hold no control characters.
 */
final class Payload {
    /** Longest body of a comment that is kept, in UTF-16 units: commands are at its start. Gitea takes 20 MiB. */
    static final int COMMENT = 65_536;

    private static final int LINE = 1_000;
    private static final String BRANCHES = "refs/heads/";
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern ZEROS = Pattern.compile("0+");
    private final Map<String, String> values;

    Payload(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** What a decoder makes of a payload. */
    @FunctionalInterface
    interface Reading {
        RepoEvent read(Payload payload) throws MalformedException;
    }

    /** Reads the wanted members of a body and hands them on; what is wrong becomes a value here. */
    static Decoded decode(byte[] body, Paths wanted, Reading reading) {
        try {
            return new Decoded.Event(reading.read(new Payload(PayloadReader.read(body, wanted))));
        } catch (MalformedException e) {
            return new Decoded.Malformed(String.valueOf(e.getMessage()));
        }
    }

    /** Whether there is something other than null. */
    boolean has(String place) {
        return values.containsKey(place);
    }

    boolean isTrue(String place) {
        return "true".equals(values.get(place));
    }

    /** A text of one line that must be there. */
    String line(String place) throws MalformedException {
        String value = values.get(place);
        if (value == null || value.isBlank()) {
            throw new MalformedException("'" + place + "' is missing");
        }
        if (value.length() > LINE || value.chars().anyMatch(Character::isISOControl)) {
            throw new MalformedException("'" + place + "' is longer than " + LINE + " or not one line");
        }
        return value;
    }

    /** A text of one line, or another where there is none (or none that can be used). */
    String line(String place, String otherwise) {
        try {
            return line(place);
        } catch (MalformedException e) {
            return otherwise;
        }
    }

    /** A text of any lines, cut to what is kept. Untrusted. U+0000, which PostgreSQL refuses, becomes U+FFFD. */
    String text(String place) {
        String value = values.getOrDefault(place, "");
        return value.substring(0, Math.min(value.length(), COMMENT)).replace('\0', '\uFFFD');
    }

    /** A time: by ISO 8601, or as older versions of GitLab write it; null where there is none (or none that can be read). */
    @Nullable
    Instant time(String place) {
        String value = line(place, "").replaceFirst("^(\\S+) (\\S+) UTC$", "$1T$2Z");
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** A number of a pull request. */
    int number(String place) throws MalformedException {
        long number = id(place);
        if (number > Integer.MAX_VALUE) {
            throw new MalformedException("'" + place + "' is too great for a number of a pull request");
        }
        return (int) number;
    }

    /** A positive number. */
    long id(String place) throws MalformedException {
        String value = line(place);
        if (!value.matches("[1-9][0-9]{0,17}")) {
            throw new MalformedException("'" + place + "' is not a positive number");
        }
        return Long.parseLong(value);
    }

    /** A commit id; one of zeros only is {@link RepoEvent.Pushed#NONE}, however long. */
    String commit(String place) throws MalformedException {
        String value = line(place);
        if (!COMMIT.matcher(value).matches()) {
            throw new MalformedException("'" + place + "' is not a commit id");
        }
        return ZEROS.matcher(value).matches() ? RepoEvent.Pushed.NONE : value;
    }

    /** A push: of a branch, or ignored where it is of a tag or a note. The same members on all three forges. */
    RepoEvent push(String repository) throws MalformedException {
        String ref = line("ref");
        if (!ref.startsWith(BRANCHES)) {
            return new RepoEvent.Ignored(repository, "a push of something other than a branch");
        }
        return new RepoEvent.Pushed(repository, ref.substring(BRANCHES.length()), commit("before"), commit("after"));
    }
}
