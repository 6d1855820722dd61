package dev.mergeway.schema.validate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Trees (see the package {@code model}) to JSON nodes and back. */
public final class TreeNodes {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TreeNodes() {}

    /**
     * A tree as JSON.
     *
     * @throws IllegalArgumentException if it holds anything that trees do not hold
     */
    public static JsonNode node(@Nullable Object tree) {
        return switch (tree) {
            case null -> NODES.nullNode();
            case String text -> NODES.stringNode(text);
            case Boolean bool -> NODES.booleanNode(bool);
            case Long number -> NODES.numberNode(number.longValue());
            case Integer number -> NODES.numberNode(number.longValue());
            case BigInteger number -> NODES.numberNode(number);
            case Double number -> NODES.numberNode(number.doubleValue());
            case Map<?, ?> map -> object(map);
            case List<?> list -> array(list);
            default -> throw new IllegalArgumentException("not part of a tree: " + tree.getClass());
        };
    }

    private static ObjectNode object(Map<?, ?> map) {
        ObjectNode object = NODES.objectNode();
        map.forEach((key, value) -> object.set((String) key, node(value)));
        return object;
    }

    private static ArrayNode array(List<?> list) {
        ArrayNode array = NODES.arrayNode(list.size());
        list.forEach(each -> array.add(node(each)));
        return array;
    }

    /** JSON as a tree. */
    public static @Nullable Object tree(JsonNode node) {
        if (node.isObject()) {
            return map(node);
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            node.forEach(each -> list.add(tree(each)));
            return Collections.unmodifiableList(list);
        }
        if (node.isIntegralNumber()) {
            return node.canConvertToLong() ? (Object) node.longValue() : node.bigIntegerValue();
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() ? null : node.stringValue();
    }

    /** A JSON object as a tree. */
    @SuppressWarnings("NullAway") // a tree's map may hold nulls, which its type does not say
    public static Map<String, Object> map(JsonNode object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.properties().forEach(entry -> map.put(entry.getKey(), tree(entry.getValue())));
        return Collections.unmodifiableMap(map);
    }

    /** Reads a JSON resource beside the class; it must exist. */
    static Map<String, Object> resource(String path) {
        try (InputStream in = TreeNodes.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + path + " is missing from the jar");
            }
            return map(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tree as indented JSON text, as it is printed for people. */
    public static String json(@Nullable Object tree) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node(tree));
    }
}
