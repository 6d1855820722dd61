package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.resource.Look;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to the API server.
 *
 * @param method GET, PATCH, POST, PUT or DELETE
 * @param path path and query, beginning with a slash
 * @param accept media types wanted
 * @param type media type of the body
 * @param body null for none
 */
record Call(
        String method,
        String path,
        String accept,
        String type,
        @Nullable String body) {
    private static final String JSON = "application/json";

    /** Only apiVersion, kind and metadata of what is asked for; the server leaves out the rest. */
    private static final String METADATA =
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

    private static final String METADATA_LIST =
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

    static Call read(String path) {
        return new Call("GET", path, JSON, JSON, null);
    }

    /** Reads the metadata alone, of one object or of each event of a watch. */
    static Call readMetadata(String path) {
        return new Call("GET", path, METADATA, JSON, null);
    }

    static Call listMetadata(String path) {
        return new Call("GET", path, METADATA_LIST, JSON, null);
    }

    /** Server-side apply, under our field manager; a dry run answers the whole object, else metadata tell what is to be told. */
    static Call apply(String path, Object body, boolean dryRun, boolean force) {
        String query = "?fieldManager=" + Api.MANAGER + "&fieldValidation=Strict&force=" + force
                + (dryRun ? "&dryRun=All" : "");
        return new Call("PATCH", path + query, dryRun ? JSON : METADATA, "application/apply-patch+yaml", text(body));
    }

    static Call send(String method, String path, Object body) {
        return new Call(method, path, JSON, JSON, text(body));
    }

    /**
     * Deletes exactly this state of an object.
     *
     * @param live its metadata at least
     * @param propagation what becomes of its dependants, as {@code DeleteOptions} have it
     */
    static Call delete(String path, Map<String, Object> live, String propagation) {
        Map<String, Object> same = Map.of(
                "uid", Look.text(live, "metadata", "uid"),
                "resourceVersion", Look.text(live, "metadata", "resourceVersion"));
        Map<String, Object> options = Map.of(
                "apiVersion", "v1", "kind", "DeleteOptions", "propagationPolicy", propagation, "preconditions", same);
        return send("DELETE", path, options);
    }

    /** The same path with more to ask, percent-encoded, in the order given. */
    static String query(String path, Map<String, String> parameters) {
        StringBuilder text = new StringBuilder(path);
        char separator = '?';
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            text.append(separator)
                    .append(parameter.getKey())
                    .append('=')
                    .append(URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
            separator = '&';
        }
        return text.toString();
    }

    private static String text(Object body) {
        return new String(Json.write(body), StandardCharsets.UTF_8);
    }
}
