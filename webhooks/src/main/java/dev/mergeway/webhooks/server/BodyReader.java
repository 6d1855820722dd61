package dev.mergeway.webhooks.server;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one body on the event loop. What is refused is still read to its end, and dropped, up to a bound: many clients
 * read no answer before they have sent everything.
 */
final class BodyReader {
    /** How many times the limit is read and dropped before the connection is cut. */
    private static final int DROPPED = 4;

    private final HttpServerRequest request;
    private final Limits limits;
    private final InFlight inFlight;
    private Buffer bytes = Buffer.buffer();
    private long seen;
    private long reserved;
    private @Nullable Answer refused;
    private boolean ended;
    private Consumer<Body> done = body -> {};

    BodyReader(HttpServerRequest request, Limits limits, InFlight inFlight) {
        this.request = request;
        this.limits = limits;
        this.inFlight = inFlight;
    }

    /** Starts; {@code then} is called once. With an answer given, the body is dropped and that is what is handed on. */
    void start(Vertx vertx, @Nullable Answer already, Consumer<Body> then) {
        done = then;
        refused = already;
        if (refused == null && announced() > limits.bodyBytes()) {
            refused = Answer.TOO_LARGE;
        }
        reserve(InFlight.LEAST);
        long timer = vertx.setTimer(limits.readTime().toMillis(), id -> end(Answer.SLOW));
        request.handler(this::chunk);
        request.exceptionHandler(broken -> {
            vertx.cancelTimer(timer);
            end(Answer.SLOW);
        });
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            end(refused);
        });
        expectation();
    }

    /** Gives back what was taken; to be called once the delivery is answered. */
    void release() {
        inFlight.release(reserved);
        reserved = 0;
    }

    /** A client that asks first has sent nothing yet, so that a refusal need not wait. */
    private void expectation() {
        if (!"100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            return;
        }
        if (refused == null) {
            request.response().writeContinue();
        } else {
            end(refused);
        }
    }

    private void chunk(Buffer chunk) {
        if (ended) {
            return; // nobody would give back what it takes
        }
        seen += chunk.length();
        if (seen > limits.bodyBytes() && refused == null) {
            refused = Answer.TOO_LARGE;
        }
        if (refused == null && bytes.length() + chunk.length() > reserved) {
            reserve(Math.max(chunk.length(), bytes.length()));
        }
        if (refused == null) {
            bytes.appendBuffer(chunk);
        } else if (seen > (long) DROPPED * limits.bodyBytes()) {
            end(refused);
        }
    }

    private void reserve(long more) {
        if (inFlight.take(more)) {
            reserved += more;
        } else if (refused == null) {
            refused = Answer.BUSY;
        }
    }

    private void end(@Nullable Answer refusal) {
        if (ended) {
            return;
        }
        ended = true;
        Body body = refusal == null ? new Body.Whole(bytes.getBytes()) : new Body.Refused(refusal);
        bytes = Buffer.buffer(); // the stream may stay for long
        done.accept(body);
    }

    private long announced() {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
    }
}
