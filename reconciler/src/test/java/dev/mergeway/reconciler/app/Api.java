package dev.mergeway.reconciler.app;

import dev.mergeway.reconciler.resource.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP API as a program sees it. */
record Api(int port) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The text that a path answers with. */
    String text(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Object get(String path) {
        return JSON.readValue(text("/api/v1" + path), Map.class);
    }

    /** A member of an environment as text; "" where it or the environment is not there. */
    String environment(String name, String pointer) {
        return at(get("/environments/" + name), pointer);
    }

    /** A member of a pull request as text; "" where it or the pull request is not there. */
    String pull(String repository, int number, String pointer) {
        return at(get("/pulls/" + repository + "/" + number), pointer);
    }

    /** The plan of a pull request as its JSON stands. */
    String plan(String repository, int number) {
        return text("/api/v1/pulls/" + repository + "/" + number + "/plan.json");
    }

    /** The runs of a kind in an environment, newest first. */
    List<Object> runs(String kind, String environment) {
        return items("/runs?limit=500").stream()
                .filter(run -> Trees.text(run, "/kind").equals(kind))
                .filter(run -> Trees.text(run, "/environment").equals(environment))
                .toList();
    }

    /** The items of a list. */
    List<Object> items(String path) {
        return Trees.at(get(path), "/items") instanceof List<?> list ? List.copyOf(list) : List.of();
    }

    private static String at(Object tree, String pointer) {
        Object value = Trees.at(tree, pointer);
        return value == null ? "" : value.toString();
    }
}
