package dev.mergeway.reconciler.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/** How values become columns and back, the same on both databases. */
final class Columns {
    /** Beyond this a line for a person is cut. */
    static final int LINE = 2_000;

    private Columns() {}

    /** Text that fits: without NUL, which PostgreSQL refuses, and cut at a length in characters. */
    static String fit(String text, int length) {
        String clean = text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
        if (clean.length() <= length) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(length - 1)) ? length - 1 : length;
        return clean.substring(0, end);
    }

    /** A line for a person. */
    static String line(String text) {
        return fit(text, LINE);
    }

    /** To microseconds, which is what both databases keep. */
    static Instant time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** As the column's type: by itself JDBI would bind a timestamp of the machine's time zone. */
    static Argument column(@Nullable Instant instant) {
        return instant == null
                ? (position, statement, context) -> statement.setNull(position, Types.TIMESTAMP_WITH_TIMEZONE)
                : (position, statement, context) ->
                        statement.setObject(position, time(instant).atOffset(ZoneOffset.UTC));
    }

    /** A time, null where there is none. */
    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** A map of names to commits, one a line: the commit first, since it has no space in it. */
    static String revisions(Map<String, String> revisions) {
        return new TreeMap<>(revisions)
                .entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining("\n"));
    }

    /** The map of it. */
    static Map<String, String> revisions(String lines) {
        return Arrays.stream(lines.split("\n", -1))
                .map(line -> line.split(" ", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0], (one, other) -> other));
    }
}
