package dev.mergeway.reconciler.flow;

import dev.mergeway.reconciler.port.RepositoryException;
import dev.mergeway.schema.model.Environment;
import dev.mergeway.schema.model.TimeSpan;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * When an environment's time is up: {@code expires} is a date, whose day still belongs to it (in UTC), or a span of time
 * since the last commit of the tracked branch that touched the file of its declaration.
 */
final class Expiry {
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
        Optional<Duration> span = date.isPresent() ? Optional.empty() : TimeSpan.of(text);
        if (span.isEmpty()) {
            return date;
        }
        return Optional.of(touch.last().plus(span.get()));
    }

    /** When it is up where that is a day, which nothing else moves. */
    static Optional<Instant> day(Environment environment) {
        return environment.spec().body().get("expires") instanceof String text ? date(text) : Optional.empty();
    }

    static Optional<Instant> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
