package dev.mergeway.reconciler.report;

import dev.mergeway.reconciler.plan.PlanStep;
import dev.mergeway.reconciler.resource.FieldChange;
import dev.mergeway.reconciler.resource.Pointers;
import dev.mergeway.reconciler.resource.Trees;
import dev.mergeway.reconciler.resource.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of a step as lines of a diff. Sensitive values are not there to be shown; long ones are cut. */
final class FieldLines {
    private static final int LONGEST_VALUE = 200;
    private static final int LINES_OF_A_VALUE = 80;
    private static final int FIELDS = 100;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    private FieldLines() {}

    /** Lines that start with {@code +}, {@code -} or {@code !}. */
    static List<String> of(PlanStep step) {
        List<String> lines = new ArrayList<>();
        step.fields().stream().limit(FIELDS).forEach(change -> add(change, lines));
        if (step.fields().size() > FIELDS) {
            lines.add("! and " + (step.fields().size() - FIELDS) + " more fields");
        }
        return lines;
    }

    private static void add(FieldChange change, List<String> lines) {
        String path = path(change.pointer());
        if (change.sensitive()) {
            lines.add("! " + path + ": (hidden)");
            return;
        }
        if (change.before() != null) {
            value("- ", path, shown(change.pointer(), change.before()), lines);
        }
        if (change.after() != null) {
            value("+ ", path, shown(change.pointer(), change.after()), lines);
        }
        if (change.before() == null && change.after() == null) {
            lines.add("! " + path);
        }
    }

    private static void value(String sign, String path, Object value, List<String> lines) {
        boolean tree =
                value instanceof Map<?, ?> map && !map.isEmpty() || value instanceof List<?> list && !list.isEmpty();
        if (!tree) {
            lines.add(sign + path + ": " + scalar(value));
            return;
        }
        lines.add(sign + path + ":");
        List<String> yaml = YamlText.of(Map.of("v", value)).lines().skip(1).toList();
        yaml.stream().limit(LINES_OF_A_VALUE).forEach(line -> lines.add(sign + indent(line) + cut(line.strip())));
        if (yaml.size() > LINES_OF_A_VALUE) {
            lines.add(sign + "  … and " + (yaml.size() - LINES_OF_A_VALUE) + " more lines");
        }
    }

    private static String indent(String line) {
        int spaces = line.length() - line.stripLeading().length();
        return " ".repeat(Math.min(40, Math.max(2, spaces)));
    }

    /** A scalar on one line. */
    static String scalar(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case String text -> text.isEmpty() ? "\"\"" : cut(text);
            case Map<?, ?> map -> map.isEmpty() ? "{}" : "(" + map.size() + " fields)";
            case List<?> list -> list.isEmpty() ? "[]" : "(" + list.size() + " elements)";
            default -> cut(value.toString());
        };
    }

    private static String cut(String text) {
        int length = text.codePointCount(0, text.length());
        String plain = Safe.plain(text, LONGEST_VALUE);
        return length > LONGEST_VALUE ? plain + " (" + length + " characters)" : plain;
    }

    /** {@code spec.template.spec.containers[0].image} of a pointer. */
    static String path(String pointer) {
        StringBuilder path = new StringBuilder();
        for (String token : Pointers.tokens(pointer)) {
            if (Pointers.index(token) >= 0) {
                path.append('[').append(token).append(']');
            } else if (PLAIN.matcher(token).matches()) {
                path.append(path.isEmpty() ? "" : ".").append(Safe.name(token));
            } else {
                path.append("[\"").append(Safe.name(token)).append("\"]");
            }
        }
        return path.isEmpty() ? "(all of it)" : path.toString();
    }

    /** The value without the labels of ownership, which say nothing to a reader. */
    private static Object shown(String pointer, Object value) {
        String labels = switch (pointer) {
            case "" -> "/metadata/labels";
            case "/metadata" -> "/labels";
            default -> "";
        };
        if (labels.isEmpty()
                || !(value instanceof Map<?, ?> map)
                || Trees.mapping(map, labels).isEmpty()) {
            return value;
        }
        Map<String, Object> others = new LinkedHashMap<>(Trees.mapping(map, labels));
        others.keySet()
                .removeIf(label -> label.startsWith("mergeway.dev/") || label.equals("app.kubernetes.io/managed-by"));
        return others.isEmpty()
                ? Trees.without(Trees.typed(map), labels)
                : Trees.with(Trees.typed(map), labels, others);
    }
}
