package dev.mergeway.reconciler.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Trees to JSON and back. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static byte[] bytes(Object tree) {
        return MAPPER.writeValueAsBytes(tree);
    }

    static String text(Object tree) {
        return MAPPER.writeValueAsString(tree);
    }

    /** For people. */
    static String pretty(Object tree) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    }

    /** The top of a JSON object as a tree, empty where the text is none. */
    static Optional<Map<?, ?>> object(String json) {
        try {
            return MAPPER.readValue(json, Object.class) instanceof Map<?, ?> map ? Optional.of(map) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** The whole numbers of one member of a JSON object, read without building the rest of it; empty where there is none. */
    static Map<String, Integer> numbers(String json, String member) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        try (JsonParser parser = MAPPER.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return numbers;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = member.equals(parser.currentName());
                JsonToken value = parser.nextToken();
                if (wanted && value == JsonToken.START_OBJECT) {
                    readNumbers(parser, numbers);
                    return numbers;
                }
                parser.skipChildren();
            }
            return numbers;
        } catch (JacksonException e) {
            return new LinkedHashMap<>();
        }
    }

    private static void readNumbers(JsonParser parser, Map<String, Integer> numbers) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                numbers.put(name, parser.getIntValue());
            } else {
                parser.skipChildren();
            }
        }
    }
}
