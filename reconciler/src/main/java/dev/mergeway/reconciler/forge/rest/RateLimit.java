package dev.mergeway.reconciler.forge.rest;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * When a forge asks to be left alone. GitHub: 403 or 429 with {@code retry-after}, or {@code x-ratelimit-remaining: 0}
 * and {@code x-ratelimit-reset}, or a message about a secondary limit (then at least a minute, says its documentation).
 * GitLab: 429 with {@code Retry-After}, or {@code RateLimit-Reset}.
 */
final class RateLimit {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** A forge that asks for more than this is asked again nevertheless. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private RateLimit() {}

    /** How long to wait; empty where the answer is not about a limit. */
    static Optional<Duration> wait(int status, HttpHeaders headers, String message, Instant now) {
        if (status != 429 && status != 403) {
            return Optional.empty();
        }
        Optional<Duration> asked = retryAfter(headers, now).or(() -> reset(headers, now));
        if (asked.isEmpty()) {
            boolean limited = status == 429 || message.toLowerCase(Locale.ROOT).contains("rate limit");
            asked = limited ? Optional.of(MINUTE) : Optional.empty();
        }
        return asked.map(RateLimit::bounded);
    }

    /** Seconds, or a date as HTTP writes it. */
    static Optional<Duration> retryAfter(HttpHeaders headers, Instant now) {
        return headers.firstValue("Retry-After").flatMap(value -> {
            if (value.matches("[0-9]{1,9}")) {
                return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(value))));
            }
            try {
                Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
                return Optional.of(bounded(Duration.between(now, date)));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    private static Optional<Duration> reset(HttpHeaders headers, Instant now) {
        for (String prefix : new String[] {"x-ratelimit-", "ratelimit-"}) {
            Optional<String> reset = headers.firstValue(prefix + "reset").filter(v -> v.matches("[0-9]{1,12}"));
            if (headers.firstValue(prefix + "remaining").orElse("").equals("0") && reset.isPresent()) {
                Instant at = Instant.ofEpochSecond(Long.parseLong(reset.get()));
                return Optional.of(Duration.between(now, at).plusSeconds(1));
            }
        }
        return Optional.empty();
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
