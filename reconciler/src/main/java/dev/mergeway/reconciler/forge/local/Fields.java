package dev.mergeway.reconciler.forge.local;

import java.util.LinkedHashMap;
import java.util.Map;

/** Small records as text that a person reads and Git users know: one {@code name: value} a line, in order. */
final class Fields {
    private Fields() {}

    static Map<String, String> of(String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    static String write(Map<String, String> fields) {
        var text = new StringBuilder();
        fields.forEach((name, value) -> text.append(name)
                .append(": ")
                .append(value.replaceAll("\\p{Cntrl}+", " "))
                .append('\n'));
        return text.toString();
    }

    static Map<String, String> read(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return fields;
    }

    static String need(Map<String, String> fields, String name) {
        String value = fields.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the line '" + name + ":' is missing");
        }
        return value;
    }
}
