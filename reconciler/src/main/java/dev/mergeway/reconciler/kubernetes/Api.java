package dev.mergeway.reconciler.kubernetes;

import dev.mergeway.reconciler.kubernetes.ClusterAccess.Impersonation;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The API server over HTTP: bounded in flight, patient with what passes. */
final class Api implements AutoCloseable {
    /** Our field manager. */
    static final String MANAGER = "mergeway";

    private final Connection connection;
    private final Semaphore permits;
    private final Pause pause;
    private final Duration longestAnswer;
    private final LongAdder calls;
    private final Outage outage;
    private final Impersonation as;

    Api(ClusterAccess access, Pause pause) throws IOException {
        this(access, pause, Limits.USUAL.answer());
    }

    /** @param longestAnswer how long one answer may take */
    Api(ClusterAccess access, Pause pause, Duration longestAnswer) throws IOException {
        connection = new Connection(access);
        permits = new Semaphore(access.concurrency());
        this.pause = pause;
        this.longestAnswer = longestAnswer;
        this.calls = new LongAdder();
        this.outage = new Outage(System::nanoTime);
        this.as = Impersonation.NONE;
    }

    private Api(Api other, Impersonation as) {
        this.connection = other.connection;
        this.permits = other.permits;
        this.pause = other.pause;
        this.longestAnswer = other.longestAnswer;
        this.calls = other.calls;
        this.outage = other.outage;
        this.as = as;
    }

    /** The same API server within the same bounds, asked as somebody else; closed with this one. */
    Api as(Impersonation whom) {
        return new Api(this, whom);
    }

    /** Requests made so far, streams not counted. */
    long calls() {
        return calls.sum();
    }

    /** Where the API server is, for messages. */
    String server() {
        return connection.now().server();
    }

    /**
     * Asks, and asks again while the trouble may pass and patience lasts.
     *
     * @return any answer that is about what was asked, good or bad; after patience ran out a passing one too
     * @throws Unreachable if there was none, or the server does not know us
     */
    Reply send(Call call, Patience patience) throws Unreachable {
        outage.check(patience);
        long end = System.nanoTime() + patience.total().toNanos();
        for (int tries = 1; ; tries++) {
            @Nullable Reply reply = null;
            @Nullable Unreachable trouble = null;
            Connection.Opened opened = connection.now();
            try {
                reply = once(call, opened);
                if (reply.code() == 401) {
                    if (connection.renewed(opened)) {
                        continue;
                    }
                    throw Troubles.credentials(opened.server());
                }
                if (!reply.passing()) {
                    return reply;
                }
            } catch (IOException e) {
                trouble = Troubles.of(opened.server(), e);
            }
            Duration wait = Patience.after(tries, reply == null ? Duration.ZERO : reply.pause());
            boolean over = System.nanoTime() + wait.toNanos() > end;
            if (trouble != null && (over || !trouble.passing())) {
                outage.met(trouble);
                throw trouble;
            }
            if (reply != null && over) {
                return reply;
            }
            waitFor(wait);
        }
    }

    /** Opens a stream of lines, such as a watch; not counted among the requests in flight. */
    Lines stream(Call call) {
        Connection.Opened opened = connection.now();
        return new Lines(opened.http(), request(call, true, opened));
    }

    private Reply once(Call call, Connection.Opened opened) throws IOException, Unreachable {
        try {
            permits.acquire();
            calls.increment();
            try {
                return reply(await(opened.http().sendAsync(request(call, false, opened), byte[].class)));
            } catch (UncheckedIOException e) {
                throw Objects.requireNonNull(e.getCause()); // the token, which is read for each request
            } finally {
                permits.release();
            }
        } catch (InterruptedException e) {
            throw Troubles.stopped(server(), e);
        }
    }

    private <T> T await(CompletableFuture<T> future) throws IOException, InterruptedException {
        try {
            return future.get(longestAnswer.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new IOException("no answer within " + longestAnswer.toSeconds() + " s"); // the cause says no more
        } catch (ExecutionException e) {
            throw new IOException(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private Reply reply(HttpResponse<byte[]> response) throws IOException {
        Duration wait = Duration.ZERO;
        List<String> after = response.headers("Retry-After");
        if (!after.isEmpty() && after.getFirst().matches("\\d{1,3}")) {
            wait = Duration.ofSeconds(Long.parseLong(after.getFirst()));
        }
        byte @Nullable [] body = response.body();
        boolean object = body != null && body.length > 0 && body[0] == '{';
        if (response.isSuccessful() && !object) {
            throw new IOException("an answer without an object");
        }
        Map<String, Object> tree = object ? Json.read(Objects.requireNonNull(body)) : Map.of();
        return new Reply(response.code(), tree, wait, Warnings.of(response.headers("Warning")), as.user());
    }

    private HttpRequest request(Call call, boolean streaming, Connection.Opened opened) {
        HttpRequest.Builder request = opened.http()
                .newHttpRequestBuilder()
                .uri(opened.server() + call.path())
                .header("Accept", call.accept());
        if (!as.user().isEmpty()) {
            request.header("Impersonate-User", as.user());
            as.groups().forEach(group -> request.header("Impersonate-Group", group));
        }
        if (streaming) {
            request.forStreaming();
        }
        if (!call.method().equals("GET")) {
            request.method(call.method(), call.type(), call.body());
        }
        return request.build();
    }

    void waitFor(Duration length) throws Unreachable {
        try {
            pause.pause(length);
        } catch (InterruptedException e) {
            throw Troubles.stopped(server(), e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
