package dev.mergeway.schema.validate;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An example of a schema as a person would write it in YAML. */
final class ExampleYaml {
    private static final String INDENT = "  ";

    private ExampleYaml() {}

    /** Lines of {@code name: value}, or of the value alone where the name is "". */
    static String of(String name, @Nullable Object value) {
        if (name.isEmpty()) {
            return value instanceof Map<?, ?> map && !map.isEmpty()
                    ? entries(map, INDENT)
                    : INDENT + inline(value) + "\n";
        }
        return entries(java.util.Collections.singletonMap(name, value), INDENT);
    }

    private static String entries(Map<?, ?> map, String indent) {
        return map.entrySet().stream()
                .map(entry -> indent + entry.getKey() + ":" + below(entry.getValue(), indent))
                .collect(Collectors.joining());
    }

    private static String below(@Nullable Object value, String indent) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            return "\n" + entries(map, indent + INDENT);
        }
        if (value instanceof List<?> list && !list.isEmpty()) {
            return "\n"
                    + list.stream()
                            .map(each -> indent + INDENT + "- " + inline(each) + "\n")
                            .collect(Collectors.joining());
        }
        return " " + inline(value) + "\n";
    }

    /** The value on one line. */
    static String inline(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> Show.quoted(text);
            case Map<?, ?> map ->
                map.isEmpty()
                        ? "{}"
                        : map.entrySet().stream()
                                .map(entry -> entry.getKey() + ": " + inline(entry.getValue()))
                                .collect(Collectors.joining(", ", "{ ", " }"));
            case List<?> list -> list.stream().map(ExampleYaml::inline).collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }
}
