package dev.mergeway.reconciler.forge.rest;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing to ask of a forge.
 *
 * @param purpose what is tried, to go after "could not" in a message, such as {@code read acme/shop#7}
 * @param method HTTP method
 * @param path path and query below the API's base, beginning with a slash, encoded
 * @param body what is sent as JSON, null for nothing
 */
public record Request(
        String purpose,
        String method,
        String path,
        @Nullable JsonNode body) {
    /** A request that reads. */
    public static Request read(String purpose, String path) {
        return new Request(purpose, "GET", path, null);
    }

    /** A request that changes something: POST, PATCH, PUT or DELETE. */
    public static Request write(String purpose, String method, String path, @Nullable JsonNode body) {
        return new Request(purpose, method, path, body);
    }

    /** The same for one page of a list. */
    Request page(int number) {
        return read(purpose, path + (path.contains("?") ? "&" : "?") + "page=" + number);
    }

    boolean isRead() {
        return method.equals("GET");
    }

    /** Whether doing it twice is the same as once, so that it may be tried again when nobody knows what became of it. */
    boolean isRepeatable() {
        return !method.equals("POST");
    }
}
