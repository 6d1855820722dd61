package dev.mergeway.reconciler.forge.github;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * GitHub's own description of its API (Enterprise 3.19) as a server: it answers with the description's examples and
 * refuses what the description does not allow. In front of it, a proxy takes /api/v3 off and keeps what was refused.
 */
final class GitHubContract implements AutoCloseable {
    private static final String BASE = "/api/v3";
    private static final Path FOLDER = Optional.ofNullable(System.getenv("MERGEWAY_TEST_DATA"))
            .map(Path::of)
            .orElseGet(() -> Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                    .map(Path::of)
                    .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                    .resolve("mergeway/test-data"))
            .resolve("github-contract-23.0.2");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> overrides = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final Process prism;
    private final HttpServer proxy;
    private final int port;

    GitHubContract() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        prism = new ProcessBuilder(
                        FOLDER.resolve("node_modules/.bin/prism").toString(),
                        "mock",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        FOLDER.resolve("node_modules/@octokit/openapi/generated/ghes-3.19.json")
                                .toString())
                .redirectErrorStream(true)
                // From a pipe it would wait for more.
                .redirectInput(new File("/dev/null"))
                .start();
        awaitListening();
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        proxy.createContext("/", this::forward);
        proxy.start();
    }

    static boolean isFetched() {
        return Files.exists(FOLDER.resolve(".complete"));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + proxy.getAddress().getPort());
    }

    /** Answers a read by itself, where the description's example does not lead on. */
    void override(String path, String json) {
        overrides.put("GET " + BASE + path, json.replace('\'', '"'));
    }

    /** Methods and paths that were asked. */
    List<String> asked() {
        return asked;
    }

    /** What the description does not allow, in its judge's words. */
    List<String> violations() {
        return violations;
    }

    private void awaitListening() throws IOException {
        BufferedReader output = prism.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.contains("is listening")) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("prism ended before it listened");
        }
        Thread.ofVirtual().start(() -> output.lines().forEach(rest -> {}));
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            String line = exchange.getRequestMethod() + " " + uri.getRawPath();
            asked.add(line.replace(BASE, ""));
            String own = overrides.get(line);
            HttpResponse<byte[]> response = judged(exchange, uri);
            byte[] body = own == null ? response.body() : own.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    own == null ? response.statusCode() : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private HttpResponse<byte[]> judged(HttpExchange exchange, URI uri) throws IOException, InterruptedException {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String path = uri.getRawPath().substring(BASE.length()) + query;
        byte[] sent = exchange.getRequestBody().readAllBytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(sent))
                .header("Accept", "application/json");
        if (sent.length > 0) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        String text = new String(response.body(), StandardCharsets.UTF_8);
        if (text.contains("stoplight.io/prism/errors")) {
            violations.add(exchange.getRequestMethod() + " " + path + ": " + text);
        }
        return response;
    }

    @Override
    public void close() {
        proxy.stop(0);
        http.close();
        prism.destroy();
    }
}
