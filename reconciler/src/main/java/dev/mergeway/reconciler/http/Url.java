package dev.mergeway.reconciler.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Parts of URLs. */
final class Url {
    private Url() {}

    /** A name as one part of a path or a value of a query. */
    static String part(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String environment(String name) {
        return "/environments/" + part(name);
    }

    static String pull(String repository, int number) {
        return "/pulls/" + part(repository) + "/" + number;
    }

    static String run(String id) {
        return "/runs/" + part(id);
    }

    static String kind(String kind) {
        return "/kinds/" + part(kind);
    }
}
