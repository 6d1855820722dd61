package dev.mergeway.reconciler.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The API of a stand-in: patterns of paths, and what they answer. */
final class Routes implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private final List<Route> routes = new ArrayList<>();
    private final HttpServer server;

    /** Starts it on a free port. */
    Routes() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** What is asked: the wildcards of the path, the query, the body. */
    record Call(List<String> parts, Map<String, String> query, JsonNode body) {
        String part(int index) {
            return parts.get(index);
        }

        int number(int index) {
            return Integer.parseInt(parts.get(index));
        }

        String text(String member) {
            return body.path(member).asString("");
        }
    }

    /** What is answered; a missing node is no body. */
    record Said(int status, JsonNode body) {
        static Said ok(JsonNode body) {
            return new Said(200, body);
        }

        static Said created(JsonNode body) {
            return new Said(201, body);
        }

        static Said nothing() {
            return new Said(204, MissingNode.getInstance());
        }

        static Said unknown() {
            return new Said(
                    404,
                    JSON.createObjectNode()
                            .put("message", "Not Found")
                            .put("documentation_url", "https://docs.example.test")
                            .put("status", "404"));
        }
    }

    /** Answers a call. */
    interface Answering {
        Said answer(Call call);
    }

    private record Route(String method, Pattern path, Answering answering) {}

    /** A route; {@code *} in the path is one segment, {@code **} any number of them, handed on decoded. */
    Routes on(String method, String path, Answering answering) {
        String pattern = path.replace("**", "(.{1,})").replaceAll("\\*", "([^/]+)");
        routes.add(new Route(method, Pattern.compile(pattern), answering));
        return this;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Said said = said(exchange);
            byte[] bytes = said.body().isMissingNode() ? new byte[0] : JSON.writeValueAsBytes(said.body());
            if (bytes.length > 0) {
                // With 204 the judge would make an empty JSON text of it, which no client takes.
                exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
            }
            exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Said said(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        byte[] sent = exchange.getRequestBody().readAllBytes();
        for (Route route : routes) {
            Matcher matcher = route.path().matcher(uri.getRawPath());
            if (route.method().equals(exchange.getRequestMethod()) && matcher.matches()) {
                List<String> parts = new ArrayList<>();
                for (int group = 1; group <= matcher.groupCount(); group++) {
                    parts.add(decoded(matcher.group(group)));
                }
                JsonNode body = sent.length == 0 ? MissingNode.getInstance() : JSON.readTree(sent);
                return route.answering().answer(new Call(parts, query(uri.getRawQuery()), body));
            }
        }
        return Said.unknown();
    }

    private static Map<String, String> query(@org.jspecify.annotations.Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
