package dev.mergeway.schema.validate;

import dev.mergeway.schema.model.FindingRule;
import tools.jackson.databind.JsonNode;

/** Words for a value that is too small, too large, too short or too long, with both limits. */
final class RangeWords {
    private RangeWords() {}

    static Words of(Mistake mistake) {
        return switch (mistake.keyword()) {
            case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf" -> number(mistake);
            case "minLength", "maxLength" -> count(mistake, length(mistake.value()), "character");
            case "minItems", "maxItems", "minContains", "maxContains" ->
                count(mistake, mistake.value().size(), "entry");
            case "minProperties", "maxProperties" ->
                count(mistake, mistake.value().size(), "entry");
            default -> other(mistake);
        };
    }

    private static int length(JsonNode value) {
        String text = value.stringValue("");
        return text.codePointCount(0, text.length());
    }

    private static Words number(Mistake mistake) {
        String limit = mistake.demand().asString();
        String must = switch (mistake.keyword()) {
            case "minimum" -> "at least " + limit;
            case "maximum" -> "at most " + limit;
            case "exclusiveMinimum" -> "more than " + limit;
            case "exclusiveMaximum" -> "less than " + limit;
            default -> "a multiple of " + limit;
        };
        JsonNode schema = mistake.schema();
        boolean both = schema.has("minimum") && schema.has("maximum");
        String hint = both
                ? "Allowed: " + schema.path("minimum").asString() + " to "
                        + schema.path("maximum").asString() + "."
                : Show.about(schema);
        String message = Show.subject(mistake.path()) + " is " + Show.value(mistake.value(), schema) + ", but must be "
                + must + ".";
        return new Words(FindingRule.SCHEMA_RANGE, message, hint);
    }

    private static Words count(Mistake mistake, int is, String unit) {
        boolean least = mistake.keyword().startsWith("min");
        int limit = mistake.demand().intValue(0);
        String must = (least ? "at least " : "at most ") + counted(limit, unit);
        String message = is == 0
                ? Show.subject(mistake.path()) + " is empty, but needs " + must + "."
                : Show.subject(mistake.path()) + " has " + counted(is, unit) + ", but may have " + must + ".";
        String about = Show.about(mistake.schema());
        return new Words(FindingRule.SCHEMA_RANGE, message.replace("may have at least", "needs at least"), about);
    }

    private static String counted(int number, String unit) {
        return number + " " + (number == 1 ? unit : unit.equals("entry") ? "entries" : unit + "s");
    }

    private static Words other(Mistake mistake) {
        String about = Show.about(mistake.schema());
        return new Words(
                FindingRule.SCHEMA_OTHER,
                Show.subject(mistake.path()) + " is not right: it " + mistake.text() + ".",
                about);
    }
}
