package dev.mergeway.reconciler.http;

import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;

/**
 * What is asked for.
 *
 * @param path the path as it was sent
 * @param names parts of the path by name, decoded
 * @param query parameters of the query by name, decoded; the first where one is given twice
 * @param body the body, empty unless the route reads one
 */
record Call(String path, Map<String, String> names, Map<String, String> query, byte[] body) {
    private static final int LONGEST = 2_000;

    /** Most items of a page, and how many where nobody says. */
    private static final int MOST = 500;

    private static final int USUAL = 50;

    static Call of(RoutingContext routing) {
        Map<String, String> query = new HashMap<>();
        routing.queryParams().forEach((name, value) -> query.putIfAbsent(name, value));
        byte[] body = routing.body().available() && routing.body().buffer() != null
                ? routing.body().buffer().getBytes()
                : new byte[0];
        return new Call(routing.request().path(), Map.copyOf(routing.pathParams()), query, body);
    }

    /** A part of the path. */
    String name(String name) throws Refusal {
        return sane(name, names.getOrDefault(name, ""));
    }

    /** A parameter of the query, "" where it is not given. */
    String query(String name) throws Refusal {
        return sane(name, query.getOrDefault(name, ""));
    }

    /** A number in the path; nothing is found under what is none. */
    int number(String name) throws Refusal {
        String text = name(name);
        if (!text.matches("[0-9]{1,9}")) {
            throw Refusal.notFound("'" + text + "' is no number of a pull request.");
        }
        return Integer.parseInt(text);
    }

    /** How many items are wanted. */
    int limit() throws Refusal {
        String text = query("limit");
        if (text.isEmpty()) {
            return USUAL;
        }
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
            throw Refusal.bad("limit is a number from 1 to " + MOST + ".");
        }
        return Integer.parseInt(text);
    }

    private static String sane(String name, String value) throws Refusal {
        if (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.bad("'" + name + "' is too long or holds control characters.");
        }
        return value;
    }
}
