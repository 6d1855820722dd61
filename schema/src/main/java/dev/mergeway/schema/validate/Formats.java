package dev.mergeway.schema.validate;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Formats that our schemas name beside the standard ones; blueprints may name them too. Other tools ignore formats they
 * do not know, so nothing else has to understand them.
 */
final class Formats {
    /** An amount of a resource as Kubernetes writes it: {@code 16Gi}, {@code 8}, {@code 500m}. */
    static final String QUANTITY = "quantity";

    /** Processor time: {@code 2}, {@code 0.5}, {@code 500m}. */
    static final String CPU = "cpu";

    /** An amount of memory, with its unit, and never in thousandths of a byte: {@code 128Mi}, {@code 1Gi}. */
    static final String MEMORY = "memory";

    /** A span of time: {@code 7d}, {@code 12h}, {@code 1h30m}. */
    static final String TIMESPAN = "timespan";

    /** A span of time or a date, with or without time of day. */
    static final String EXPIRY = "expiry";

    /** A DNS label (RFC 1123): what names consist of. */
    static final String DNS_LABEL = "dns-label";

    private static final Pattern QUANTITIES =
            Pattern.compile("[0-9]+(\\.[0-9]+)?([numkMGTPE]|[KMGTPE]i|[eE][-+]?[0-9]+)?");
    private static final Pattern CPUS = Pattern.compile("[0-9]+(\\.[0-9]{1,3})?|[0-9]+m");

    /** Without a unit it is bytes: fewer than seven digits of them are no memory that anything runs in. */
    private static final Pattern MEMORIES = Pattern.compile("[0-9]+(\\.[0-9]+)?([kMGTPE]|[KMGTPE]i)|[0-9]{7,}");

    private static final Pattern TIMESPANS =
            Pattern.compile("(?=[1-9])([0-9]{1,6}w)?([0-9]{1,6}d)?([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?");
    private static final Pattern LABELS = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private Formats() {}

    static List<Format> all() {
        return List.of(
                new Simple(QUANTITY, text -> QUANTITIES.matcher(text).matches()),
                new Simple(CPU, text -> CPUS.matcher(text).matches()),
                new Simple(MEMORY, text -> MEMORIES.matcher(text).matches()),
                new Simple(TIMESPAN, Formats::isTimespan),
                new Simple(EXPIRY, text -> isTimespan(text) || isDate(text)),
                new Simple(DNS_LABEL, text -> LABELS.matcher(text).matches()));
    }

    static boolean isCpu(String text) {
        return CPUS.matcher(text).matches();
    }

    static boolean isTimespan(String text) {
        return TIMESPANS.matcher(text).matches();
    }

    static boolean isDate(String text) {
        try {
            if (text.length() == 10) {
                LocalDate.parse(text);
            } else {
                OffsetDateTime.parse(text);
            }
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private record Simple(String name, Predicate<String> test) implements Format {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean matches(ExecutionContext context, String value) {
            return test.test(value);
        }
    }
}
