package dev.mergeway.reconciler.http;

import static dev.mergeway.reconciler.http.Html.attr;
import static dev.mergeway.reconciler.http.Html.el;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as people read them. */
final class Times {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern(
                    "d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    static Html at(@Nullable Instant time) {
        return time == null ? Html.NOTHING : el("time", attr("datetime", time.toString()), MINUTE.format(time));
    }

    /** When it ends, or that it does not. */
    static Html until(@Nullable Instant time) {
        return time == null ? Html.text("never") : at(time);
    }

    /** How long it took. */
    static String between(Instant begin, @Nullable Instant end) {
        if (end == null) {
            return "";
        }
        Duration took = Duration.between(begin, end);
        return took.toMinutes() == 0
                ? String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0)
                : took.toMinutes() + " min " + took.toSecondsPart() + " s";
    }
}
