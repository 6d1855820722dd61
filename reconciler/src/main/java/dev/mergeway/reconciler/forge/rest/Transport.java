package dev.mergeway.reconciler.forge.rest;

import dev.mergeway.reconciler.port.ForgeException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Carries one request over HTTP and brings the answer, whatever its status. Follows no redirect: a token stays home. */
public final class Transport implements AutoCloseable {
    /** Bytes of the greatest answer: Gitea takes comments of 20 MiB and lists them all at once. */
    private static final int ANSWER = 64 * 1024 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** How long a forge may take for one answer, all of it. */
    public static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Conditional conditional = new Conditional();
    private final String forge;
    private final String base;
    private final String accept;
    private final Credentials credentials;
    private final Failures failures;
    private final Duration timeout;

    /**
     * A transport.
     *
     * @param forge name of the forge in the configuration
     * @param base the API's URL, without a slash at its end
     * @param accept the media type to ask for
     * @param credentials what to show
     */
    public Transport(String forge, URI base, String accept, Credentials credentials) {
        this(forge, base, accept, credentials, TIMEOUT);
    }

    /** A transport that waits so long for an answer, all of it, and no longer. */
    public Transport(String forge, URI base, String accept, Credentials credentials, Duration timeout) {
        this.timeout = timeout;
        this.forge = forge;
        this.base = base.toString().replaceFirst("/+$", "");
        this.accept = accept;
        this.credentials = credentials;
        this.failures = new Failures(forge);
    }

    String forge() {
        return forge;
    }

    /** Asks, and once more where the credentials were refused and others can be had. */
    Reply send(Request request) throws ForgeException, InterruptedException {
        Reply reply = exchange(request);
        return reply.status() == 401 && credentials.renew() ? exchange(request) : reply;
    }

    private Reply exchange(Request request) throws ForgeException, InterruptedException {
        Optional<Conditional.Known> known = request.isRead() ? conditional.of(request.path()) : Optional.empty();
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + request.path()))
                .header("Accept", accept)
                .header("User-Agent", "mergeway")
                .header(credentials.header(), credentials.value())
                .method(request.method(), body(request.body()));
        known.ifPresent(answer -> builder.header("If-None-Match", answer.tag()));
        if (request.body() != null) {
            builder.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<byte[]> response = whole(builder.build());
            return known.isPresent() && response.statusCode() == 304
                    ? known.get().reply()
                    : reply(request, response);
        } catch (IOException e) {
            throw failures.unreachable(request, e);
        }
    }

    /** The answer with its body; the client's own timeout ends where the body begins, which may never end. */
    private HttpResponse<byte[]> whole(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            HttpTimeoutException late = new HttpTimeoutException("no whole answer within " + timeout);
            late.initCause(e);
            throw late;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        } finally {
            // Nothing happens to one that is complete; the connection of any other is closed.
            answer.cancel(true);
        }
    }

    private Reply reply(Request request, HttpResponse<byte[]> response) throws ForgeException {
        Reply reply = new Reply(response.statusCode(), parse(request, response), response.headers());
        if (request.isRead()) {
            conditional.keep(request.path(), reply, response.body().length);
        }
        return reply;
    }

    /** Only a success must be JSON: what stands in front of a forge says its errors in HTML. */
    private JsonNode parse(Request request, HttpResponse<byte[]> response) throws ForgeException {
        if (response.body().length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException e) {
            if (response.statusCode() >= 300) {
                return MissingNode.getInstance();
            }
            throw failures.garbled(request, "its answer is not JSON, or broke off", e);
        }
    }

    private static BodyPublisher body(@Nullable JsonNode body) {
        return body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
