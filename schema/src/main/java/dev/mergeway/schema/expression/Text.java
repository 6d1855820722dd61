package dev.mergeway.schema.expression;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Texts made of values: names, hashes, JSON. */
public final class Text {
    /** Longest DNS label (RFC 1035, section 2.3.4). */
    private static final int MAX_LABEL = 63;

    private static final int HASH_LENGTH = 10;

    private Text() {}

    /**
     * The text made a valid DNS label: lower case letters, digits and dashes, beginning with a letter or digit, at most
     * 63 characters; what had to be cut or came out empty is told apart by a hash.
     */
    public static String dns(String text) {
        String label =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-").replaceAll("^-+|-+$", "");
        if (label.isEmpty()) {
            return "x-" + digest(text);
        }
        if (label.length() <= MAX_LABEL) {
            return label;
        }
        String cut = label.substring(0, MAX_LABEL - HASH_LENGTH - 1).replaceAll("-+$", "");
        return cut + "-" + digest(text);
    }

    /** A short hash of a value, ten hex digits: the same for equal values whatever the order of their maps. */
    public static String hash(@Nullable Object value, Markers markers) {
        StringBuilder canonical = new StringBuilder();
        write(value, canonical, true);
        return digest(markers.spell(canonical.toString()));
    }

    /** A tree as JSON on one line, maps in their own order. */
    public static String json(@Nullable Object tree) {
        StringBuilder json = new StringBuilder();
        write(tree, json, false);
        return json.toString();
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static void write(@Nullable Object value, StringBuilder json, boolean sorted) {
        switch (value) {
            case null -> json.append("null");
            case Map<?, ?> map -> writeMap(map, json, sorted);
            case List<?> list -> {
                json.append('[');
                for (Iterator<?> items = list.iterator(); items.hasNext(); ) {
                    write(items.next(), json, sorted);
                    json.append(items.hasNext() ? "," : "");
                }
                json.append(']');
            }
            case Number number -> json.append(number);
            case Boolean bool -> json.append(bool);
            case dev.cel.common.values.NullValue nothing -> json.append("null");
            default -> quote(value.toString(), json);
        }
    }

    private static void writeMap(Map<?, ?> map, StringBuilder json, boolean sorted) {
        Map<?, ?> entries = map;
        if (sorted) {
            Map<String, Object> ordered = new TreeMap<>();
            map.forEach((key, value) -> ordered.put(String.valueOf(key), value));
            entries = ordered;
        }
        json.append('{');
        String before = "";
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            json.append(before);
            quote(String.valueOf(entry.getKey()), json);
            json.append(':');
            write(entry.getValue(), json, sorted);
            before = ",";
        }
        json.append('}');
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int index = 0; index < text.length(); index++) {
            char at = text.charAt(index);
            switch (at) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> json.append(at < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) at) : String.valueOf(at));
            }
        }
        json.append('"');
    }
}
