package dev.mergeway.schema.validate;

import dev.mergeway.schema.model.FindingRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Words for a value of the right type that is not allowed: too small, not among the allowed ones, not in form. */
final class ValueWords {
    private ValueWords() {}

    static Words of(Mistake mistake) {
        return switch (mistake.keyword()) {
            case "enum" -> notAllowed(mistake, texts(mistake.demand()));
            case "const" -> notAllowed(mistake, List.of(mistake.demand().asString()));
            case "pattern" -> new Words(FindingRule.SCHEMA_PATTERN, badlyWritten(mistake), form(mistake));
            case "format" -> FormatWords.of(mistake);
            case "uniqueItems" ->
                new Words(
                        FindingRule.SCHEMA_DUPLICATE_ITEM,
                        Show.subject(mistake.path()) + " holds the same entry twice.",
                        "Remove one of the two.");
            default -> RangeWords.of(mistake);
        };
    }

    static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(each -> texts.add(each.isValueNode() ? each.asString() : each.toString()));
        return texts;
    }

    static Words notAllowed(Mistake mistake, List<String> allowed) {
        String written = mistake.value().isString() ? mistake.value().stringValue() : "";
        String message =
                Show.subject(mistake.path()) + " cannot be " + Show.value(mistake.value(), mistake.schema()) + ".";
        Optional<String> meant = meant(written, allowed);
        String list = allowed.size() == 1
                ? "Write " + Show.quoted(allowed.getFirst()) + "."
                : "Allowed: " + Show.names(allowed) + ".";
        String hint = allowed.size() == 1
                ? list
                : meant.map(name -> "Did you mean '" + name + "'? " + list).orElse(list);
        return new Words(FindingRule.SCHEMA_NOT_ALLOWED, message, hint);
    }

    /** The allowed value that was meant: the nearest, or one that is the beginning of the other ({@code production}, {@code prod}). */
    private static Optional<String> meant(String written, List<String> allowed) {
        String lower = written.toLowerCase(Locale.ROOT).strip();
        Optional<String> nearest = Nearest.of(written.strip(), allowed);
        return nearest.isPresent() || lower.length() < 2
                ? nearest
                : allowed.stream()
                        .filter(each -> each.length() > 1)
                        .filter(each -> lower.startsWith(each.toLowerCase(Locale.ROOT))
                                || each.toLowerCase(Locale.ROOT).startsWith(lower))
                        .findFirst();
    }

    static String badlyWritten(Mistake mistake) {
        return Show.subject(mistake.path()) + " cannot be written as " + Show.value(mistake.value(), mistake.schema())
                + ".";
    }

    private static String form(Mistake mistake) {
        String about = Show.about(mistake.schema());
        return about.isEmpty() ? "It must match the pattern " + mistake.demand().asString() : about;
    }
}
