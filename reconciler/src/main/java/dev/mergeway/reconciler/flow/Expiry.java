package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.schema.model.Environment;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When an environment's time is up: {@code expires} is a date, whose day still belongs to it (in UTC), or a span of time
 * since the last commit of the tracked branch that touched the file of its declaration.
 */
final class Expiry {
    private static final Pattern SPAN = Pattern.compile(
            "(?:([0-9]{1,6})w)?(?:([0-9]{1,6})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?");
    private static final long[] SECONDS = {604_800, 86_400, 3_600, 60, 1};

    private Expiry() {}

    /** Knows when the declaration was touched last. */
    interface Touch {
        Instant last() throws RepositoryException;
    }

    /** When it is up; empty where the environment stays. Asks for the last touch only where the time runs from it. */
    static Optional<Instant> of(Environment environment, Touch touch) throws RepositoryException {
        if (!(environment.spec().body().get("expires") instanceof String text)) {
            return Optional.empty();
        }
        Optional<Instant> date = date(text);
        Optional<Duration> span = date.isPresent() ? Optional.empty() : span(text);
        if (span.isEmpty()) {
            return date;
        }
        return Optional.of(touch.last().plus(span.get()));
    }

    static Optional<Instant> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A span as the schema allows it: {@code 7d}, {@code 1w2d}, {@code 12h30m}. */
    static Optional<Duration> span(String text) {
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
