package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Markers;
import dev.mergeway.schema.model.Late;
import java.util.List;
import java.util.Map;

/** What a placeholder gives, in the type that its place asks for: a port number in a variable is text. */
final class Coercion {
    private Coercion() {}

    /** The value as the schema of its place has it, where it can be that; else as it is. */
    static Object to(Map<String, Object> schema, Object value, Markers markers) {
        Object type = schema.get("type");
        if ("string".equals(type)) {
            return value instanceof String text && Markers.marked(text) ? lateText(text, markers) : text(value);
        } else if ("integer".equals(type) && value instanceof String text && text.matches("-?\\d{1,18}")) {
            return Long.valueOf(text);
        }
        return value;
    }

    private static Object text(Object value) {
        return value instanceof Number || value instanceof Boolean ? value.toString() : value;
    }

    private static String lateText(String text, Markers markers) {
        List<Late> within = markers.within(text);
        if (within.size() != 1 || !(within.getFirst() instanceof Late.Deferred deferred)) {
            return text;
        }
        Markers then = markers.fork();
        return markers.mark(new Late.Deferred(
                then.spell(text),
                deferred.secret(),
                deferred.needs(),
                live -> String.valueOf(then.resolve(text, live))));
    }
}
