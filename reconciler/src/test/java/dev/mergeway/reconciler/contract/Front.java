package dev.mergeway.reconciler.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** What a service sees of a stand-in: its API, through the judge, and its repository over HTTP, at one address. */
final class Front implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final String api;
    private final String prefix;
    private final URI judge;
    private final GitOverHttp git;
    private final Runnable pushed;

    /**
     * Opens it.
     *
     * @param api where the API begins
     * @param prefix what the judge sees instead
     * @param judge the judge
     * @param git the repositories
     * @param pushed called after somebody pushed
     */
    Front(String api, String prefix, URI judge, GitOverHttp git, Runnable pushed) throws IOException {
        this.api = api;
        this.prefix = prefix;
        this.judge = judge;
        this.git = git;
        this.pushed = pushed;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What the judge does not allow, with what was asked. */
    List<String> violations() {
        return violations;
    }

    /** What was asked of the API: method and path. */
    List<String> asked() {
        return asked;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            if (path.startsWith(api + "/")) {
                forward(exchange, path.substring(api.length()));
            } else {
                git.answer(exchange);
                if (path.endsWith("/git-receive-pack")) {
                    pushed.run();
                }
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void forward(HttpExchange exchange, String path) throws IOException, InterruptedException {
        String query = exchange.getRequestURI().getRawQuery();
        String line = exchange.getRequestMethod() + " " + path;
        asked.add(line);
        byte[] sent = exchange.getRequestBody().readAllBytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(judge + prefix + path + (query == null ? "" : "?" + query)))
                .method(
                        exchange.getRequestMethod(),
                        sent.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(sent))
                .header("Accept", "application/json")
                .header("Authorization", "Bearer x");
        if (sent.length > 0) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        response.headers()
                .firstValue("sl-violations")
                .ifPresent(found -> violations.add(line + " → " + response.statusCode() + ": " + found + "\n"
                        + new String(sent, StandardCharsets.UTF_8)));
        byte[] body = response.body();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }
}
