package dev.mergeway.schema.validate;

import dev.mergeway.schema.model.FindingRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Words for a value of the wrong type: what it is, what it should be, how to write it. */
final class TypeWords {
    private TypeWords() {}

    static Words of(Mistake mistake) {
        return of(mistake, expected(mistake.demand()));
    }

    static Words of(Mistake mistake, List<String> expected) {
        JsonNode value = mistake.value();
        JsonNode schema = mistake.schema();
        boolean secret = schema.path("writeOnly").booleanValue(false);
        if (secret && !value.isContainer() && !value.isNull()) {
            return new Words(
                    FindingRule.SCHEMA_SECRET,
                    Show.subject(mistake.path()) + " is a secret, and a secret is never written into a file.",
                    "Write { env: NAME } to take it from an environment variable, or { file: PATH } from a file.");
        }
        String is = value.isContainer() || value.isNull() ? Show.type(value) : described(value);
        String message = Show.subject(mistake.path()) + " must be "
                + Show.or(expected.stream().map(Show::type).distinct().toList()) + ", but is " + is + ".";
        return new Words(FindingRule.SCHEMA_WRONG_TYPE, message, hint(mistake, expected));
    }

    static List<String> expected(JsonNode demand) {
        if (demand.isString()) {
            return List.of(demand.stringValue());
        }
        List<String> types = new ArrayList<>();
        demand.forEach(each -> types.add(each.stringValue("")));
        return types;
    }

    private static String described(JsonNode value) {
        if (value.isString()) {
            return "the text \"" + Show.cut(value.stringValue()) + "\"";
        }
        return value.isBoolean() ? value.asString() + " (true or false)" : "the number " + Show.cut(value.asString());
    }

    private static String hint(Mistake mistake, List<String> expected) {
        JsonNode value = mistake.value();
        JsonNode schema = mistake.schema();
        String first =
                value.isString() ? fromText(value.stringValue().strip(), expected) : fromOther(value, schema, expected);
        if (!first.isEmpty()) {
            return first;
        }
        String example = Show.example(mistake.schema());
        return example.isEmpty() ? Show.about(mistake.schema()) : "For example: " + name(mistake) + example;
    }

    private static String name(Mistake mistake) {
        boolean named = !mistake.path().isEmpty() && !mistake.path().getLast().matches("[0-9]+");
        return named ? Show.cut(mistake.path().getLast()) + ": " : "";
    }

    private static String fromText(String text, List<String> expected) {
        boolean whole = text.matches("[-+]?[0-9]{1,18}");
        if (whole && (expected.contains("integer") || expected.contains("number"))) {
            return "Write " + text + " without quotes.";
        }
        if (expected.contains("number") && text.matches("[-+]?[0-9]{1,18}\\.[0-9]{1,18}")) {
            return "Write " + text + " without quotes.";
        }
        if (expected.contains("boolean")) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "yes", "y", "on", "true", "1", "enabled" -> "Write true, without quotes.";
                case "no", "n", "off", "false", "0", "disabled" -> "Write false, without quotes.";
                default -> "Write true or false, without quotes.";
            };
        }
        if (expected.contains("integer") && text.matches("[0-9]+ .*")) {
            return "Write only the number: " + text.substring(0, text.indexOf(' ')) + ".";
        }
        if (expected.contains("object") && text.matches("[A-Za-z][-\\w]*:[^\\s/].*")) {
            int colon = text.indexOf(':');
            return "Write '" + Show.cut(text.substring(0, colon) + ": " + text.substring(colon + 1))
                    + "', with a space after the colon.";
        }
        return text.startsWith("- ") || !expected.contains("array") ? "" : asList();
    }

    private static String fromOther(JsonNode value, JsonNode schema, List<String> expected) {
        if (value.isNull()) {
            boolean container = expected.contains("object") || expected.contains("array");
            return container
                    ? "Indent the lines that belong to it by two more spaces, or remove the field."
                    : "Write a value behind the colon, or remove the field.";
        }
        if (value.isArray() && expected.contains("object")) {
            return schema.path("additionalProperties").isObject()
                    ? "Write each entry under a name of its own ('name:'), with its fields indented below, without dashes."
                    : "Write its fields as 'name: value', without dashes.";
        }
        String format = schema.path("format").stringValue("");
        if (value.isIntegralNumber() && (format.equals(Formats.EXPIRY) || format.equals(Formats.TIMESPAN))) {
            String number = Show.cut(value.asString());
            return "Write a unit too: " + number + "d for days, " + number + "h for hours.";
        }
        if (value.isIntegralNumber() || value.isBoolean()) {
            if (expected.contains("string")) {
                return "Put it in quotes: \"" + Show.cut(value.asString()) + "\".";
            }
        } else if (value.isNumber()) {
            return expected.contains("string")
                    ? "Put it in quotes, exactly as it should be read."
                    : expected.contains("integer") ? "Write a number without a decimal point." : "";
        }
        if (value.isNumber() && expected.contains("boolean")) {
            return "Write true or false.";
        }
        return expected.contains("array") ? asList() : "";
    }

    private static String asList() {
        return "Write each entry on a line of its own that begins with a dash: '- entry'.";
    }
}
