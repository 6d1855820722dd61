package dev.mergeway.reconciler.store;

import dev.mergeway.reconciler.port.Ledger.Page;
import dev.mergeway.schema.model.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Where a page ends and the next begins: the last item's own key, so that a page costs the same wherever it is. */
final class Cursor {
    /** Most items of a page. */
    static final int MOST = 500;

    /** A page is shorter than asked for when its items have more characters than this. */
    private static final int CHARACTERS = 4_000_000;

    /** Sorts before everything that names may hold. */
    private static final char SEPARATOR = '\u0001';

    private Cursor() {}

    /** Key of a resource in its table: sorts by environment, then as resource keys do. */
    static String id(String environment, ResourceKey key) {
        return String.join(
                String.valueOf(SEPARATOR),
                environment,
                key.provider(),
                key.target(),
                key.namespace(),
                key.type(),
                key.name());
    }

    /** A cursor that may stand in a URL. */
    static String opaque(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    /** What {@link #opaque} was made of; refuses anything else. */
    static String open(String cursor) {
        return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }

    /** Checks a limit as the ledger promises it. */
    static int limit(int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit is from 1 to " + MOST + ", not " + limit);
        }
        return limit;
    }

    /**
     * A page of rows, of which one more than {@code limit} was asked for.
     *
     * @param cursor the cursor of an item
     * @param size characters of an item, roughly
     */
    static <T> Page<T> page(Iterator<T> rows, int limit, Function<T, String> cursor, ToIntFunction<T> size) {
        List<T> items = new ArrayList<>();
        long characters = 0;
        while (rows.hasNext() && items.size() < limit && (items.isEmpty() || characters < CHARACTERS)) {
            T item = rows.next();
            items.add(item);
            characters += size.applyAsInt(item);
        }
        return new Page<>(items, rows.hasNext() ? cursor.apply(items.getLast()) : "");
    }
}
