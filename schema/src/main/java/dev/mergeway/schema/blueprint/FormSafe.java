package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Pointers;
import dev.mergeway.schema.model.Blueprint;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.Trees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the schema of parameters to the part of JSON Schema that can be shown as a form, explained field by field, and
 * have its defaults filled in.
 */
final class FormSafe {
    private static final Set<String> KEYWORDS = Set.of(
            "$comment",
            "$defs",
            "$ref",
            "$schema",
            "additionalProperties",
            "anyOf",
            "const",
            "contentEncoding",
            "contentMediaType",
            "default",
            "dependentRequired",
            "deprecated",
            "description",
            "enum",
            "examples",
            "exclusiveMaximum",
            "exclusiveMinimum",
            "format",
            "items",
            "maxItems",
            "maxLength",
            "maxProperties",
            "maximum",
            "minItems",
            "minLength",
            "minProperties",
            "minimum",
            "multipleOf",
            "oneOf",
            "pattern",
            "properties",
            "propertyNames",
            "readOnly",
            "required",
            "title",
            "type",
            "uniqueItems",
            "writeOnly");

    private static final Set<String> TYPES =
            Set.of("object", "array", "string", "integer", "number", "boolean", "null");
    private static final int MAX_DEPTH = 20;

    /** With all {@code $ref} followed: nobody fills in a form of so many, and references in each other soon make millions. */
    private static final int MAX_FIELDS = 10_000;

    private final Blueprint blueprint;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> following = new HashSet<>();
    private int fields;

    private FormSafe(Blueprint blueprint) {
        this.blueprint = blueprint;
    }

    static List<Finding> check(Blueprint blueprint) {
        FormSafe check = new FormSafe(blueprint);
        Object type = blueprint.parameters().get("type");
        if (type != null && !type.equals("object")) {
            check.finding("/parameters/type", "parameters are a map of fields: their type is object", "");
        }
        check.schema(blueprint.parameters(), "/parameters", 0);
        if (check.findings.isEmpty()) {
            check.written(blueprint.parameters(), "/parameters", 0);
        }
        return check.findings;
    }

    private void schema(Object schema, String at, int depth) {
        if (schema instanceof Boolean) {
            return;
        }
        if (!(schema instanceof Map<?, ?> map) || depth > MAX_DEPTH) {
            finding(at, depth > MAX_DEPTH ? "the schema is nested too deep" : "a schema is a map", "");
            return;
        }
        Trees.map(schema).forEach((keyword, value) -> keyword(keyword, value, Pointers.child(at, keyword), depth));
        if (map.get("enum") instanceof List<?> values && values.isEmpty()) {
            finding(at + "/enum", "an enum needs at least one value", "");
        }
    }

    private void keyword(String keyword, Object value, String at, int depth) {
        if (!KEYWORDS.contains(keyword)) {
            finding(
                    at,
                    "'" + keyword + "' is outside the part of JSON Schema that parameters may use",
                    Names.hint(keyword, KEYWORDS));
            return;
        }
        switch (keyword) {
            case "properties", "$defs" ->
                Trees.map(value).forEach((name, child) -> schema(child, Pointers.child(at, name), depth + 1));
            case "items", "additionalProperties", "propertyNames" -> schema(value, at, depth + 1);
            case "oneOf", "anyOf" -> alternatives(value, at, depth);
            case "$ref" -> reference(String.valueOf(value), at);
            case "type" -> types(value, at);
            default -> {}
        }
    }

    private void alternatives(Object value, String at, int depth) {
        if (value instanceof List<?> list) {
            for (int index = 0; index < list.size(); index++) {
                schema(list.get(index), at + "/" + index, depth + 1);
            }
        }
    }

    private void reference(String reference, String at) {
        boolean there = reference.startsWith("#/")
                && Pointers.find(blueprint.parameters(), Pointers.path(reference.substring(1))) instanceof Map;
        if (!there) {
            finding(at, "'" + reference + "' names no schema within these parameters", "write #/$defs/NAME");
        }
    }

    /** Goes through the schema as if it were written without references, as a form shows it; stops at what has no end. */
    private void written(@Nullable Object schema, String at, int depth) {
        if (!findings.isEmpty() || !(schema instanceof Map<?, ?> map)) {
            return;
        }
        if (++fields > MAX_FIELDS || depth > Schemas.MAX_DEPTH) {
            finding(
                    at,
                    "with all references followed these parameters have more than " + MAX_FIELDS
                            + " fields, or more than " + Schemas.MAX_DEPTH + " levels",
                    "refer to fewer schemas within each other");
            return;
        }
        if (map.get("$ref") instanceof String reference) {
            followed(reference, at + "/$ref", depth);
        }
        Trees.map(map.get("properties"))
                .forEach((name, child) -> written(child, Pointers.child(at + "/properties", name), depth + 1));
        written(map.get("items"), at + "/items", depth + 1);
        written(map.get("additionalProperties"), at + "/additionalProperties", depth + 1);
        for (String keyword : List.of("oneOf", "anyOf")) {
            if (map.get(keyword) instanceof List<?> list) {
                list.forEach(child -> written(child, at + "/" + keyword, depth + 1));
            }
        }
    }

    private void followed(String reference, String at, int depth) {
        if (!following.add(reference)) {
            finding(
                    at,
                    "'" + reference
                            + "' leads back to a schema that it stands in, so that these parameters have no end",
                    "write out as many levels as are needed");
            return;
        }
        String target = reference.substring(1);
        written(Pointers.find(blueprint.parameters(), Pointers.path(target)), "/parameters" + target, depth + 1);
        following.remove(reference);
    }

    private void types(Object value, String at) {
        List<?> types = value instanceof List<?> many ? many : List.of(value);
        types.stream()
                .filter(type -> !TYPES.contains(String.valueOf(type)))
                .forEach(type ->
                        finding(at, "there is no type '" + type + "'", Names.hint(String.valueOf(type), TYPES)));
    }

    private void finding(String at, String message, String hint) {
        findings.add(blueprint.spec().finding(Severity.ERROR, at, "blueprint/parameters", message, hint));
    }
}
