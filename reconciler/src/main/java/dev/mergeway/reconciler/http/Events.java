package dev.mergeway.reconciler.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/v1/events}: what moves, as server-sent events named {@code environment resource pull run}. {@code reset}
 * says that events were missed (a reader that was too slow, or comes back): read everything again.
 */
final class Events implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final int READERS = 200;
    private static final int WRITE_SECONDS = 10;

    private final HttpParts parts;
    private final Executor threads;
    private final EventText text;
    private final Semaphore room = new Semaphore(READERS);
    private final Set<Thread> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Events(HttpParts parts, Executor threads) {
        this.parts = parts;
        this.threads = threads;
        this.text = new EventText(parts.ledger());
    }

    /** Answers with a stream that ends when the reader goes or the server is closed. */
    void stream(RoutingContext routing) {
        if (closed || !room.tryAcquire()) {
            routing.fail(503);
            return;
        }
        HttpServerResponse response = routing.response()
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("X-Accel-Buffering", "no");
        boolean returning = routing.request().getHeader("Last-Event-ID") != null;
        try {
            threads.execute(() -> {
                streams.add(Thread.currentThread());
                try {
                    send(response, returning);
                } finally {
                    streams.remove(Thread.currentThread());
                    room.release();
                }
            });
        } catch (RejectedExecutionException e) {
            room.release();
            routing.fail(503);
        }
    }

    private void send(HttpServerResponse response, boolean returning) {
        Thread reader = Thread.currentThread();
        response.closeHandler(gone -> reader.interrupt());
        try (EventStream stream = new EventStream(parts.changes(), text)) {
            write(response, EventText.hello(returning));
            while (!closed) {
                write(response, stream.next());
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            LOG.debug("An event stream ended: {}", e.toString());
        } catch (RuntimeException e) {
            LOG.warn("An event stream is cut off, its reader will come again: {}", e.toString());
        } finally {
            response.closeHandler(null);
            if (!response.ended() && !response.closed()) {
                response.end();
            }
        }
    }

    /** Waits until it is on its way, so that a reader that does not read is noticed. */
    private static void write(HttpServerResponse response, String chunk)
            throws InterruptedException, ExecutionException, TimeoutException {
        response.write(chunk).toCompletionStage().toCompletableFuture().get(WRITE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        closed = true;
        streams.forEach(Thread::interrupt);
    }
}
