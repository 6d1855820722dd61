package dev.mergeway.reconciler.http;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server, listening. Bodies and answers go over Vert.x; what they take is done on virtual threads. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int START_SECONDS = 10;
    private static final int IDLE_SECONDS = 75;

    private final io.vertx.core.http.HttpServer server;
    private final Events events;
    private final ExecutorService threads;
    private final HttpSettings settings;

    private HttpServer(
            io.vertx.core.http.HttpServer server, Events events, ExecutorService threads, HttpSettings settings) {
        this.server = server;
        this.events = events;
        this.threads = threads;
        this.settings = settings;
    }

    /**
     * Starts to listen.
     *
     * @throws IOException if it cannot; the message says why and what to do
     */
    public static HttpServer start(HttpSettings settings, HttpParts parts) throws IOException {
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("http-", 0).factory());
        Events events = new Events(parts, threads);
        Router router = Routes.router(parts, events, threads);
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxInitialLineLength(8_192)
                .setCompressionSupported(false);
        try {
            io.vertx.core.http.HttpServer listening = parts.vertx()
                    .createHttpServer(options)
                    .requestHandler(router)
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
            return new HttpServer(listening, events, threads, settings);
        } catch (ExecutionException | TimeoutException e) {
            threads.close();
            throw new IOException(
                    "Cannot listen on " + settings.host() + ":" + settings.port() + ": " + reason(e)
                            + ". Is something else using the port? Choose another with listen (or --port).",
                    e);
        } catch (InterruptedException e) {
            threads.close();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while starting to listen.", e);
        }
    }

    private static String reason(Exception failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure.toString() : String.valueOf(cause.getMessage());
    }

    /** The port that it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** Takes no more requests, ends the event streams, and lets what is under way end. */
    @Override
    public void close() {
        events.close();
        try {
            server.shutdown(settings.drain().toMillis(), TimeUnit.MILLISECONDS)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(settings.drain().toMillis() + 2_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Requests were cut off: they did not end within {}.", settings.drain());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
