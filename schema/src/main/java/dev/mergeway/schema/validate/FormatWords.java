package dev.mergeway.schema.validate;

import dev.mergeway.schema.model.FindingRule;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words for a text that is not in its format, with the text as it was probably meant. */
final class FormatWords {
    private static final Pattern AMOUNT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([A-Za-z]*)\\.?");
    private static final Pattern TIMES = Pattern.compile("([0-9]{1,6})\\s*([A-Za-z]+)\\.?");
    private static final Pattern DATES = Pattern.compile("([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})");

    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("b", ""),
            Map.entry("kb", "Ki"),
            Map.entry("kib", "Ki"),
            Map.entry("ki", "Ki"),
            Map.entry("k", "Ki"),
            Map.entry("mb", "Mi"),
            Map.entry("mib", "Mi"),
            Map.entry("mi", "Mi"),
            Map.entry("meg", "Mi"),
            Map.entry("gb", "Gi"),
            Map.entry("gib", "Gi"),
            Map.entry("gi", "Gi"),
            Map.entry("g", "Gi"),
            Map.entry("gig", "Gi"),
            Map.entry("tb", "Ti"),
            Map.entry("tib", "Ti"),
            Map.entry("ti", "Ti"),
            Map.entry("t", "Ti"),
            Map.entry("m", "m"),
            Map.entry("milli", "m"),
            Map.entry("", ""),
            Map.entry("core", ""),
            Map.entry("cores", ""),
            Map.entry("cpu", ""),
            Map.entry("cpus", ""),
            Map.entry("vcpu", ""),
            Map.entry("vcpus", ""));

    private static final Map<String, String> SPANS = Map.ofEntries(
            Map.entry("s", "s"),
            Map.entry("sec", "s"),
            Map.entry("second", "s"),
            Map.entry("seconds", "s"),
            Map.entry("m", "m"),
            Map.entry("min", "m"),
            Map.entry("minute", "m"),
            Map.entry("minutes", "m"),
            Map.entry("mins", "m"),
            Map.entry("h", "h"),
            Map.entry("hour", "h"),
            Map.entry("hours", "h"),
            Map.entry("hrs", "h"),
            Map.entry("d", "d"),
            Map.entry("day", "d"),
            Map.entry("days", "d"),
            Map.entry("w", "w"),
            Map.entry("week", "w"),
            Map.entry("weeks", "w"));

    private FormatWords() {}

    static Words of(Mistake mistake) {
        String text = mistake.value().stringValue("").strip();
        String format = mistake.demand().stringValue("");
        return switch (format) {
            case Formats.QUANTITY ->
                words(
                        mistake,
                        "an amount",
                        quantity(text),
                        "An amount is a number with a unit and no space, such as 16Gi (memory), 8 or 500m (cpu).");
            case Formats.CPU ->
                words(
                        mistake,
                        "an amount of processor time",
                        cpu(text),
                        "Processor time is written as 2, 0.5 or 500m.");
            case Formats.MEMORY ->
                words(
                        mistake,
                        "an amount of memory",
                        memory(text),
                        "Memory is written with its unit, as 128Mi or 1Gi.");
            case Formats.TIMESPAN ->
                words(mistake, "a span of time", timespan(text), "A span of time is written as 7d, 12h, 30m or 1h30m.");
            case Formats.EXPIRY -> expiry(mistake, text);
            case Formats.DNS_LABEL -> name(Show.subject(mistake.path()), text);
            case "hostname", "idn-hostname" ->
                words(mistake, "a host name", host(text), "A host name is written as shop.example.com.");
            case "date" -> words(mistake, "a date", date(text), "A date is written as 2026-12-31.");
            case "date-time" -> words(mistake, "a time", "", "A time is written as 2026-12-31T18:00:00Z.");
            case "uri", "uri-reference", "iri" ->
                words(mistake, "a URL", "", "A URL is written as https://example.com/path.");
            default -> words(mistake, "of the format '" + Show.cut(format) + "'", "", Show.about(mistake.schema()));
        };
    }

    private static Words words(Mistake mistake, String what, String meant, String form) {
        String message = Show.subject(mistake.path()) + " is not " + what + ": "
                + Show.value(mistake.value(), mistake.schema()) + ".";
        return new Words(FindingRule.SCHEMA_FORMAT, message, meant.isEmpty() ? form : "Write " + meant + ". " + form);
    }

    private static Words expiry(Mistake mistake, String text) {
        String form = "A span of time is written as 7d or 12h, a date as 2026-12-31.";
        boolean dateLike = text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
        if (dateLike) {
            return new Words(
                    FindingRule.SCHEMA_FORMAT,
                    Show.subject(mistake.path()) + " names a day that does not exist: " + text + ".",
                    form);
        }
        String date = date(text);
        return words(mistake, "a span of time or a date", date.isEmpty() ? timespan(text) : date, form);
    }

    /** Words for a name with characters that names may not have. */
    static Words name(String subject, String text) {
        String meant =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        meant = meant.length() > 63 ? meant.substring(0, 63).replaceAll("-+$", "") : meant;
        if (text.length() > 63 && text.matches("[-a-z0-9]+")) {
            return new Words(
                    FindingRule.SCHEMA_NAME,
                    subject + " is too long: it has " + text.length() + " characters, but may have at most 63.",
                    "Shorten it.");
        }
        String form =
                "A name has lower-case letters, digits and dashes, begins and ends with a letter or digit, and has at most 63 characters.";
        return new Words(
                FindingRule.SCHEMA_NAME,
                subject + " cannot be \"" + Show.cut(text) + "\".",
                meant.isEmpty() || meant.equals(text) ? form : "Write " + Show.quoted(meant) + ". " + form);
    }

    private static String host(String text) {
        String host = text.replaceFirst("^[a-z]+://", "").replaceFirst("[/:?#].*$", "");
        return host.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+") && !host.equals(text) ? host : "";
    }

    static String quantity(String text) {
        Matcher amount = AMOUNT.matcher(text);
        if (!amount.matches()) {
            return "";
        }
        String unit = UNITS.get(amount.group(2).toLowerCase(Locale.ROOT));
        return unit == null ? "" : amount.group(1) + unit;
    }

    /** A bare number, or one in what looks like milli, hardly ever is of anything but Mi. */
    private static String memory(String text) {
        String quantity = quantity(text);
        return quantity.matches("[0-9]+m?") ? quantity.replace("m", "") + "Mi" : quantity;
    }

    private static String cpu(String text) {
        String quantity = quantity(text);
        return Formats.isCpu(quantity) ? quantity : "";
    }

    static String timespan(String text) {
        Matcher times = TIMES.matcher(text);
        if (times.matches()) {
            String unit = times.group(2).toLowerCase(Locale.ROOT);
            if (unit.startsWith("month")) {
                return Integer.parseInt(times.group(1)) * 30L + "d";
            }
            if (unit.startsWith("year")) {
                return Integer.parseInt(times.group(1)) * 365L + "d";
            }
            return SPANS.containsKey(unit) ? times.group(1) + SPANS.get(unit) : "";
        }
        return text.matches("[0-9]{1,6}") ? text + "d" : "";
    }

    /** A date written day first (or as in 12/31/2026 where only that makes sense), year first. */
    static String date(String text) {
        Matcher date = DATES.matcher(text);
        if (!date.matches()) {
            return "";
        }
        int first = Integer.parseInt(date.group(1));
        int second = Integer.parseInt(date.group(2));
        boolean monthFirst = second > 12;
        String iso = String.format(
                Locale.ROOT, "%s-%02d-%02d", date.group(3), monthFirst ? first : second, monthFirst ? second : first);
        return Formats.isDate(iso) ? iso : "";
    }
}
