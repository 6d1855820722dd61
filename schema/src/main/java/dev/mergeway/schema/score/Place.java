package dev.mergeway.schema.score;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The same part in two documents.
 *
 * @param body its JSON pointer in the body of the Deployment
 * @param score its JSON pointer in the Score file
 */
record Place(String body, String score) {
    static final Place ROOT = new Place("", "");

    /** The part below that has the same name in both. */
    Place child(String name) {
        return child(name, name);
    }

    /** The part below that is called one way in the body and another in the Score file. */
    Place child(String inBody, String inScore) {
        return new Place(body + "/" + escape(inBody), score + "/" + escape(inScore));
    }

    /** What stands at a JSON pointer in a tree, null where nothing does. */
    static @Nullable Object at(Object tree, String pointer) {
        @Nullable Object here = tree;
        for (String name : pointer.isEmpty()
                ? List.<String>of()
                : List.of(pointer.substring(1).split("/", -1))) {
            String key = name.replace("~1", "/").replace("~0", "~");
            here = switch (here) {
                case Map<?, ?> map -> map.get(key);
                case List<?> list
                when key.matches("\\d{1,6}") && Integer.parseInt(key) < list.size() -> list.get(Integer.parseInt(key));
                case null, default -> null;
            };
        }
        return here;
    }

    /** As RFC 6901 asks for. */
    private static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
