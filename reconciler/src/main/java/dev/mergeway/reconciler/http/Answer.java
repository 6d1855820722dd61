package dev.mergeway.reconciler.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is answered.
 *
 * @param status the HTTP status
 * @param type its content type
 * @param body the bytes
 */
record Answer(int status, String type, byte[] body) {
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    /** A tree of maps, lists, texts, numbers and booleans as JSON. */
    static Answer json(Object tree) {
        return new Answer(200, JSON, Json.bytes(tree));
    }

    /** JSON that is text already. */
    static Answer jsonText(String json) {
        return new Answer(200, JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    /** A page. */
    static Answer html(int status, Html page) {
        return new Answer(status, "text/html; charset=utf-8", page.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Text of another type. */
    static Answer text(String type, String text) {
        return new Answer(200, type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A problem document as in RFC 9457. */
    static Answer problem(int status, String detail, String path) {
        return problem(status, detail, path, Map.of());
    }

    /** A problem document with members of its own. */
    static Answer problem(int status, String detail, String path, Map<String, ?> more) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", title(status));
        problem.put("status", status);
        problem.put("detail", detail);
        problem.put("instance", path);
        problem.putAll(more);
        return new Answer(status, PROBLEM, Json.bytes(problem));
    }

    /** The name of a status, as everywhere. */
    static String title(int status) {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }
}
