package dev.mergeway.schema.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the plain trees that documents are: what is not of the wanted form counts as not there. */
public final class Trees {
    private Trees() {}

    /** The value as a map, an empty one where it is none. Keys of documents are always texts. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /** The maps among the entries of a list. */
    public static List<Map<String, Object>> maps(@Nullable Object value) {
        List<Map<String, Object>> maps = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.stream().filter(each -> each instanceof Map<?, ?>).forEach(each -> maps.add(map(each)));
        }
        return maps;
    }

    /** The value as a text, null where it is none. */
    public static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }

    /** The value as a text, another where it is none. */
    public static String text(@Nullable Object value, String otherwise) {
        return value instanceof String text ? text : otherwise;
    }

    /** The texts among the entries of a list. */
    public static List<String> strings(@Nullable Object value) {
        List<String> strings = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.stream().filter(each -> each instanceof String).forEach(each -> strings.add((String) each));
        }
        return strings;
    }

    /** The texts of a map, by name. */
    public static Map<String, String> texts(@Nullable Object value) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(value).forEach((name, each) -> {
            if (each instanceof String text) {
                texts.put(name, text);
            }
        });
        return texts;
    }
}
