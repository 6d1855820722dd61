package dev.mergeway.schema.validate;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Values and places as findings show them. */
final class Show {
    private static final int LONGEST = 60;
    private static final int MOST_NAMES = 15;
    private static final Pattern CREDENTIALS = Pattern.compile("://[^/@\\s]*@");

    private Show() {}

    /** A scalar as it could be written, in double quotes where it is a text; a word for anything else, or what is secret. */
    static String value(JsonNode value, JsonNode schema) {
        if (schema.path("writeOnly").booleanValue(false)) {
            return "a value that is not shown";
        }
        if (value.isString()) {
            return '"' + cut(value.stringValue()) + '"';
        }
        return value.isNumber() || value.isBoolean() ? cut(value.asString()) : type(value);
    }

    /** A text on one line, cut where it is long, without credentials of a URL. */
    static String cut(String text) {
        String line = CREDENTIALS
                .matcher(text.replaceAll("[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " "))
                .replaceAll("://***@");
        int length = line.codePointCount(0, line.length());
        return length <= LONGEST ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
    }

    /** What a value is, with its article. */
    static String type(JsonNode value) {
        if (value.isObject()) {
            return value.isEmpty() ? "an empty map" : "a map of fields";
        }
        if (value.isArray()) {
            return value.isEmpty() ? "an empty list" : "a list";
        }
        if (value.isString()) {
            return "a text";
        }
        return value.isNumber() ? "a number" : value.isBoolean() ? "true or false" : "empty";
    }

    /** A type of JSON Schema, with its article. */
    static String type(String name) {
        return switch (name) {
            case "string" -> "a text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "array" -> "a list";
            case "object" -> "a map of fields";
            case "null" -> "empty";
            default -> name;
        };
    }

    /** The place itself: {@code 'replicas'}, {@code entry 2 of 'rules'}, {@code the document}. */
    static String place(List<String> path) {
        if (path.isEmpty()) {
            return "the document";
        }
        String last = path.getLast();
        boolean element = path.size() > 1
                && !last.isEmpty()
                && last.length() < 9
                && last.chars().allMatch(Character::isDigit);
        return element
                ? "entry " + (Integer.parseInt(last) + 1) + " of " + place(path.subList(0, path.size() - 1))
                : "'" + cut(last) + "'";
    }

    /** The place at the beginning of a sentence. */
    static String subject(List<String> path) {
        String place = place(path);
        return Character.toUpperCase(place.charAt(0)) + place.substring(1);
    }

    /** Names in a row, cut where there are many. */
    static String names(Collection<String> names) {
        String row = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? row + " and " + (names.size() - MOST_NAMES) + " more" : row;
    }

    /** Things in a row with "or" before the last. */
    static String or(List<String> things) {
        return things.size() < 2
                ? String.join("", things)
                : String.join(", ", things.subList(0, things.size() - 1)) + " or " + things.getLast();
    }

    /** The description and an example of a schema, as a hint. */
    static String about(JsonNode schema) {
        String custom = schema.path("errorMessage").stringValue("");
        String description = custom.isEmpty() ? schema.path("description").stringValue("") : custom;
        String example = example(schema);
        return (description + (example.isEmpty() ? "" : " Example: " + example)).strip();
    }

    /** The first example of a schema, its default, or "". */
    static String example(JsonNode schema) {
        JsonNode example = schema.path("examples").path(0);
        if (example.isMissingNode()) {
            example = schema.path("default");
        }
        if (example.isMissingNode() || example.isNull()) {
            return "";
        }
        return ExampleYaml.inline(TreeNodes.tree(example));
    }

    /** A text as YAML would need it: in quotes where it would mean something else without. */
    static String quoted(String text) {
        boolean plain = text.matches("[A-Za-z/.][-A-Za-z0-9_./: ]*[A-Za-z0-9_/]|[A-Za-z/]")
                && !text.contains(": ")
                && !text.matches("(?i)true|false|null|yes|no|on|off");
        return plain ? text : '"' + text + '"';
    }
}
