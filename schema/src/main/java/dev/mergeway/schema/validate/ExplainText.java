package dev.mergeway.schema.validate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The text that explains one part of a schema. */
final class ExplainText {
    private static final int WIDTH = 96;

    /** Characters of the longest pattern that somebody reads. */
    private static final int PATTERN = 60;

    private final JsonNode root;
    private final String kind;

    ExplainText(JsonNode root, String kind) {
        this.root = root;
        this.kind = kind;
    }

    String of(List<String> path, JsonNode schema) {
        StringBuilder text = new StringBuilder();
        text.append("KIND:     ").append(kind).append('\n');
        if (!path.isEmpty()) {
            text.append("FIELD:    ").append(String.join(".", path)).append('\n');
        }
        text.append("TYPE:     ").append(type(schema)).append('\n');
        line(
                text,
                "DEFAULT:  ",
                schema.has("default") ? Show.cut(schema.path("default").toString()) : "");
        line(text, "ALLOWED:  ", allowed(schema));
        section(text, "DESCRIPTION", wrapped(schema.path("description").stringValue("Not described."), "  "));
        section(text, "EXAMPLE", example(path, schema));
        section(text, "FIELDS", fields(schema));
        return text.toString();
    }

    private static void line(StringBuilder text, String title, String value) {
        if (!value.isEmpty()) {
            text.append(title).append(value).append('\n');
        }
    }

    private static void section(StringBuilder text, String title, String body) {
        if (!body.isEmpty()) {
            text.append('\n').append(title).append(":\n").append(body);
        }
    }

    private String type(JsonNode schema) {
        JsonNode at = Schemas.resolved(root, schema);
        List<String> types = new ArrayList<>(TypeWords.expected(at.path("type")));
        if (types.isEmpty() && at.has("const")) {
            return "text";
        }
        if (types.isEmpty()) {
            for (String keyword : List.of("oneOf", "anyOf")) {
                at.path(keyword)
                        .forEach(each -> types.addAll(
                                TypeWords.expected(Schemas.resolved(root, each).path("type"))));
            }
        }
        List<String> words =
                types.stream().distinct().map(name -> word(name, at)).toList();
        return words.isEmpty() ? "anything" : Show.or(words);
    }

    private String word(String type, JsonNode schema) {
        return switch (type) {
            case "string" -> "text";
            case "integer" -> "whole number";
            case "number" -> "number";
            case "boolean" -> "true or false";
            case "array" -> schema.path("items").isObject() ? "list of " + type(schema.path("items")) : "list";
            case "object" ->
                schema.path("additionalProperties").isObject()
                        ? "map of name to " + type(schema.path("additionalProperties"))
                        : "map";
            default -> type;
        };
    }

    private static String allowed(JsonNode schema) {
        if (schema.has("const")) {
            return schema.path("const").asString();
        }
        if (schema.has("enum")) {
            return String.join(", ", ValueWords.texts(schema.path("enum")));
        }
        List<String> limits = new ArrayList<>();
        Map<String, String> words = new java.util.LinkedHashMap<>();
        words.put("minimum", "at least ");
        words.put("exclusiveMinimum", "more than ");
        words.put("maximum", "at most ");
        words.put("exclusiveMaximum", "less than ");
        words.put("format", "written as ");
        words.put("pattern", "matching ");
        words.forEach((keyword, word) -> {
            // A long pattern says less than the description and the example do.
            boolean said = !keyword.equals("pattern")
                    || schema.path(keyword).asString().length() <= PATTERN;
            if (schema.has(keyword) && said) {
                limits.add(word + schema.path(keyword).asString());
            }
        });
        return String.join(", ", limits);
    }

    private static String example(List<String> path, JsonNode schema) {
        JsonNode example = schema.path("examples").path(0);
        if (example.isMissingNode()) {
            return "";
        }
        boolean named = !path.isEmpty() && !path.getLast().equals("NAME");
        return ExampleYaml.of(named ? path.getLast() : "", TreeNodes.tree(example));
    }

    private String fields(JsonNode schema) {
        JsonNode at = Schemas.resolved(root, schema);
        StringBuilder text = new StringBuilder();
        while (at.path("items").isObject() || at.path("additionalProperties").isObject()) {
            boolean map = at.path("additionalProperties").isObject();
            if (map && !Schemas.fields(root, at).isEmpty()) {
                break;
            }
            at = Schemas.resolved(root, at.path(map ? "additionalProperties" : "items"));
        }
        Set<String> required = new HashSet<>();
        at.path("required").forEach(each -> required.add(each.asString()));
        Schemas.fields(root, at).forEach((name, field) -> {
            JsonNode resolved = Schemas.resolved(root, field);
            JsonNode described = field.has("description") ? field : resolved;
            text.append("  ").append(name).append("  <").append(type(resolved)).append('>');
            text.append(required.contains(name) ? " required" : "").append('\n');
            text.append(wrapped(described.path("description").stringValue(""), "      "));
        });
        return text.toString();
    }

    private static String wrapped(String description, String indent) {
        StringBuilder text = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (String word : description.split("\\s+", -1)) {
            if (line.length() + word.length() + indent.length() >= WIDTH) {
                text.append(indent).append(line.toString().strip()).append('\n');
                line.setLength(0);
            }
            line.append(word).append(' ');
        }
        return line.isEmpty() || line.toString().isBlank()
                ? text.toString()
                : text.append(indent)
                        .append(line.toString().strip())
                        .append('\n')
                        .toString();
    }
}
