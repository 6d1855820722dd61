package dev.mergeway.schema.model;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as our schemas' format {@code timespan} allows them: {@code 7d}, {@code 1w2d}, {@code 12h30m}. */
public final class TimeSpan {
    private static final Pattern SPAN = Pattern.compile(
            "(?:([0-9]{1,6})w)?(?:([0-9]{1,6})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?");
    private static final long[] SECONDS = {604_800, 86_400, 3_600, 60, 1};

    private TimeSpan() {}

    /** How long it is; empty where the text is no span of time. */
    public static Optional<Duration> of(String text) {
        Matcher parts = SPAN.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            return Optional.empty();
        }
        Duration span = Duration.ZERO;
        for (int part = 1; part <= SECONDS.length; part++) {
            if (parts.group(part) != null) {
                span = span.plusSeconds(SECONDS[part - 1] * Long.parseLong(parts.group(part)));
            }
        }
        return Optional.of(span);
    }
}
