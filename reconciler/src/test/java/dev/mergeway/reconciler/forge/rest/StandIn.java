package dev.mergeway.reconciler.forge.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A forge of the test's own, over real HTTP: answers as it is told, and keeps what it was asked. */
public final class StandIn implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private final HttpServer server;
    private final Map<String, Function<Asked, Answer>> routes = new ConcurrentHashMap<>();
    private final Deque<Answer> next = new ArrayDeque<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    /** Starts it on a free port. */
    public StandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** What it was asked. */
    public record Asked(String method, String path, String query, Map<String, String> headers, JsonNode body) {
        /** Method and path. */
        public String line() {
            return method + " " + path;
        }
    }

    /** What it answers. A body of null says nothing; headers are name, value, name, value. */
    public record Answer(int status, String body, String... headers) {}

    /** 200 and a body, written with single quotes. */
    public static Answer ok(String json) {
        return new Answer(200, json.replace('\'', '"'));
    }

    /** Answers so whenever it is asked so: {@code GET /repos/a/b}. */
    public StandIn on(String line, Function<Asked, Answer> answer) {
        routes.put(line, answer);
        return this;
    }

    /** Answers so whenever it is asked so. */
    public StandIn on(String line, String json) {
        return on(line, asked -> ok(json));
    }

    /** Answers so the next time, whatever it is asked. */
    public StandIn then(Answer answer) {
        synchronized (next) {
            next.add(answer);
        }
        return this;
    }

    /** All that it was asked, oldest first. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** What it was asked with this method and path. */
    public List<Asked> asked(String line) {
        return asked().stream().filter(one -> one.line().equals(line)).toList();
    }

    /** Where it is. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked one = read(exchange);
            asked.add(one);
            Answer answer = answer(one);
            for (int i = 0; i < answer.headers().length; i += 2) {
                exchange.getResponseHeaders().add(answer.headers()[i], answer.headers()[i + 1]);
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Not under a lock: an answer may take its time. */
    private Answer answer(Asked one) {
        synchronized (next) {
            if (!next.isEmpty()) {
                return next.remove();
            }
        }
        return routes.getOrDefault(one.line(), any -> new Answer(404, "{\"message\":\"Not Found\"}"))
                .apply(one);
    }

    private static Asked read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        String query = exchange.getRequestURI().getRawQuery();
        return new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                headers,
                body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
