package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Look;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A list of the API server, asked for page by page; metadata alone. What a refusal means is for whoever asked to say.
 *
 * @param items what there is; nothing where the answer is a refusal, so that half a list is never taken for all of it
 * @param answer the last page's, or the refusal
 * @param whole whether there is nothing but these
 */
record Pages(List<Map<String, Object>> items, Reply answer, boolean whole) {
    private static final int SIZE = 500;

    /** Pages that grow old so often in a row are not read fast enough. */
    private static final int BEGINNINGS = 10;

    /** What to do where the server has forgotten the state that the pages are of, which it tells by {@code 410 Gone}. */
    enum Aged {
        BEGIN_AGAIN,
        GIVE_UP
    }

    /**
     * Asks for all pages.
     *
     * @param path of the list
     * @param selector of labels, "" for none
     * @param most from so many items on, no further page is asked for
     */
    static Pages of(Api api, String path, String selector, int most, Aged aged) throws Unreachable {
        int beginnings = aged == Aged.BEGIN_AGAIN ? BEGINNINGS : 1;
        Pages pages = once(api, path, selector, most);
        for (int begun = 1; begun < beginnings && pages.answer().code() == 410; begun++) {
            pages = once(api, path, selector, most);
        }
        return pages;
    }

    /** Everything there is, begun again where pages grew old. */
    static Pages all(Api api, String path, String selector) throws Unreachable {
        return of(api, path, selector, Integer.MAX_VALUE, Aged.BEGIN_AGAIN);
    }

    private static Pages once(Api api, String path, String selector, int most) throws Unreachable {
        List<Map<String, Object>> items = new ArrayList<>();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("labelSelector", selector);
        query.put("limit", String.valueOf(SIZE));
        String next = "";
        Reply reply;
        do {
            query.put("continue", next);
            reply = api.send(Call.listMetadata(Call.query(path, query)), Patience.SHORT);
            if (!reply.ok()) {
                return new Pages(List.of(), reply, false);
            }
            items.addAll(Look.maps(reply.body(), "items"));
            next = Look.text(reply.body(), "metadata", "continue");
        } while (!next.isEmpty() && items.size() < most);
        return new Pages(items, reply, next.isEmpty());
    }
}
