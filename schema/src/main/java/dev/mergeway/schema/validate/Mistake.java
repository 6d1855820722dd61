package dev.mergeway.schema.validate;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One violated keyword of a schema.
 *
 * @param keyword such as {@code type}
 * @param messageKey the keyword, or a variety of it such as {@code oneOf.indexes}
 * @param path where in the tree, from its root
 * @param property the field that is missing or too much, null for other keywords
 * @param evaluation keywords and names from the schema's root to the violated keyword, through references
 * @param demand the violated keyword's value
 * @param schema the schema object that holds the keyword, an empty object where unknown
 * @param value what stands in the tree at the path
 * @param text the validator's own words
 */
record Mistake(
        String keyword,
        String messageKey,
        List<String> path,
        @Nullable String property,
        List<String> evaluation,
        JsonNode demand,
        JsonNode schema,
        JsonNode value,
        String text) {

    static Mistake of(Error error, JsonNode root) {
        String keyword = error.getKeyword() == null ? "false" : error.getKeyword();
        List<String> location = names(error.getSchemaLocation().getFragment());
        JsonNode demand = error.getSchemaNode() == null ? TreeNodes.node(null) : error.getSchemaNode();
        JsonNode value = error.getInstanceNode() == null ? TreeNodes.node(null) : error.getInstanceNode();
        return new Mistake(
                keyword,
                error.getMessageKey() == null ? keyword : error.getMessageKey(),
                names(error.getInstanceLocation()),
                error.getProperty(),
                names(error.getEvaluationPath()),
                demand,
                Schemas.at(root, owner(location)),
                value,
                error.getMessage());
    }

    /** The schema that holds the keyword; for a part that only adds demands ({@code allOf}, {@code then}) the whole it is a part of. */
    private static List<String> owner(List<String> location) {
        int end = Math.max(0, location.size() - 1);
        boolean required = !location.isEmpty() && location.getLast().equals("required");
        while (required && end > 0) {
            boolean branch = location.get(end - 1).equals("then")
                    || location.get(end - 1).equals("else");
            boolean part = end > 1 && location.get(end - 2).matches("allOf|anyOf|oneOf");
            if (!branch && !part) {
                break;
            }
            end -= branch ? 1 : 2;
        }
        return location.subList(0, end);
    }

    private static List<String> names(@Nullable NodePath path) {
        if (path == null) {
            return List.of();
        }
        return IntStream.range(0, path.getNameCount())
                .mapToObj(index -> String.valueOf(path.getElement(index)))
                .toList();
    }

    /** The path as a JSON pointer. */
    String pointer() {
        return Schemas.pointer(path);
    }

    /** The pointer of the field that the mistake names, at the place itself where it names none. */
    String propertyPointer() {
        if (property == null) {
            return pointer();
        }
        List<String> child = new ArrayList<>(path);
        child.add(property);
        return Schemas.pointer(child);
    }
}
