package dev.mergeway.reconciler.resource;

import dev.mergeway.schema.model.Late;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Trees as JSON text that is the same for the same tree, wherever and whenever it is written. */
public final class CanonicalJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private CanonicalJson() {}

    /** JSON with sorted keys and no spaces; whole numbers without a fraction, late leaves as their text. */
    public static String text(@Nullable Object tree) {
        return MAPPER.writeValueAsString(plain(tree, true));
    }

    /** JSON with keys in the tree's own order and no spaces, for texts whose order of keys is promised. */
    public static String inOrder(@Nullable Object tree) {
        return MAPPER.writeValueAsString(plain(tree, false));
    }

    /** JSON with keys in the tree's own order, indented, for people. */
    public static String indented(@Nullable Object tree) {
        return MAPPER.writerWithDefaultPrettyPrinter()
                .writeValueAsString(plain(tree, false))
                .replace("\r\n", "\n");
    }

    /** The first 16 hex digits of the SHA-256 of {@link #text}: 64 bits, as the plan's hash has. */
    public static String hash(@Nullable Object tree) {
        return hash(text(tree).getBytes(StandardCharsets.UTF_8));
    }

    /** The first 16 hex digits of the SHA-256 of some bytes. */
    public static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    private static @Nullable Object plain(@Nullable Object tree, boolean sorted) {
        return switch (tree) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> plain = sorted ? new TreeMap<>() : new LinkedHashMap<>();
                map.forEach((key, value) -> plain.put(String.valueOf(key), plain(value, sorted)));
                yield plain;
            }
            case List<?> list -> {
                List<@Nullable Object> plain = new ArrayList<>(list.size());
                list.forEach(element -> plain.add(plain(element, sorted)));
                yield plain;
            }
            case Late late -> late.text();
            case Double number -> number(number);
            case null, default -> tree;
        };
    }

    private static Object number(Double number) {
        if (!Double.isFinite(number)) {
            return number.toString();
        }
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
        return whole ? (Object) number.longValue() : BigDecimal.valueOf(number);
    }
}
