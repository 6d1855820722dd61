package dev.mergeway.reconciler.kubernetes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** JSON ↔ trees, as {@code dev.mergeway.schema.model} defines them. */
final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    /**
     * The mapping that the JSON is.
     *
     * @throws IOException if it is none
     */
    static Map<String, Object> read(byte[] json) throws IOException {
        try (JsonParser parser = MAPPER.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the answer is no JSON object");
            }
            return mapping(parser);
        } catch (JacksonException e) {
            throw new IOException("the answer is not the JSON it should be", e);
        }
    }

    /** A value that stands in text, as the keys of managed list elements do; null where it is no JSON. */
    static @Nullable Object readValue(String json) {
        try (JsonParser parser = MAPPER.createParser(json)) {
            JsonToken first = parser.nextToken();
            return first == null ? null : value(parser, first);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** The tree as UTF-8, in the order it has. */
    static byte[] write(Object tree) {
        return MAPPER.writeValueAsBytes(tree);
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> mapping(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT, LONG -> (Object) parser.getLongValue();
                    case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> parser.getBigIntegerValue();
                };
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL, NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT -> null;
        };
    }

    @SuppressWarnings("NullAway") // a tree may hold null where JSON does; its type cannot say so
    private static Map<String, Object> mapping(JsonParser parser) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            mapping.put(name, value(parser, parser.nextToken()));
        }
        return Collections.unmodifiableMap(mapping);
    }

    private static List<@Nullable Object> list(JsonParser parser) {
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            list.add(value(parser, token));
        }
        return Collections.unmodifiableList(list);
    }
}
