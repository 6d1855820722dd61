package dev.mergeway.reconciler.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what answers a request on a thread that may block, and sends the answer; maps what went wrong to a problem. */
final class Dispatch {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    /** Requests that are worked on or wait for the database; more are told to come again. */
    private static final int AT_ONCE = 256;

    /** Nothing is loaded from elsewhere, no script stands in a page, nobody frames us. */
    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private final Executor threads;
    private final Semaphore room = new Semaphore(AT_ONCE);

    Dispatch(Executor threads) {
        this.threads = threads;
    }

    /** What answers a call; may block. */
    @FunctionalInterface
    interface Handler {
        Answer answer(Call call) throws Refusal;
    }

    /** Headers that every response carries. */
    static void secure(RoutingContext routing) {
        routing.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Cache-Control", "no-store");
        routing.next();
    }

    void answer(RoutingContext routing, Handler handler) {
        if (!room.tryAcquire()) {
            send(routing, busy(routing));
            return;
        }
        Context context = routing.vertx().getOrCreateContext();
        Call call = Call.of(routing);
        boolean page = wantsPage(routing);
        try {
            threads.execute(() -> {
                Answer answer;
                try {
                    answer = answer(call, handler, page);
                } finally {
                    room.release();
                }
                context.runOnContext(any -> send(routing, answer));
            });
        } catch (RejectedExecutionException e) {
            room.release();
            send(routing, busy(routing));
        }
    }

    private static Answer answer(Call call, Handler handler, boolean page) {
        try {
            return handler.answer(call);
        } catch (Refusal refusal) {
            return refused(refusal.status(), refusal.detail(), call.path(), page);
        } catch (RuntimeException | Error e) {
            // Out of memory or stack for one request is no reason to leave its client waiting.
            LOG.error("{} could not be answered.", call.path(), e);
            return refused(500, "Something went wrong here; the log says what.", call.path(), page);
        }
    }

    private static Answer busy(RoutingContext routing) {
        return Answer.problem(
                503, "Too many requests at once; try again.", routing.request().path());
    }

    private static Answer refused(int status, String detail, String path, boolean page) {
        return page ? Answer.html(status, Layout.refused(status, detail)) : Answer.problem(status, detail, path);
    }

    /** A browser that asks for a page gets a page; a program and everybody under /api gets a problem document. */
    private static boolean wantsPage(RoutingContext routing) {
        String accept = routing.request().getHeader("Accept");
        String path = routing.request().path();
        return accept != null && accept.contains("text/html") && path != null && !path.startsWith("/api/");
    }

    /** What no route answered. */
    void failed(RoutingContext routing, int status) {
        if (routing.failure() != null && status == 500) {
            LOG.error("{} could not be answered.", routing.request().path(), routing.failure());
        }
        String path = String.valueOf(routing.request().path());
        if (status == 405) {
            boolean posted = path.equals("/api/v1/validate") || path.startsWith("/webhooks/");
            routing.response().putHeader("Allow", posted ? "POST" : "GET, HEAD");
        }
        String detail = switch (status) {
            case 404 -> "There is nothing at " + path + ".";
            case 405 ->
                "This path does not take " + routing.request().method()
                        + ". Nothing is changed over HTTP: open a pull request.";
            case 413 -> "The body is too large; at most 1 MiB is taken here.";
            default -> Answer.title(status) + ".";
        };
        send(routing, refused(status, detail, path, wantsPage(routing)));
    }

    /** Sends an answer that is there already; on the event loop. */
    static void send(RoutingContext routing, Answer answer) {
        HttpServerResponse response = routing.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (answer.status() == 503) {
            response.putHeader("Retry-After", "5");
        }
        if (answer.type().equals(Assets.STYLE) || answer.type().equals(Assets.SCRIPT)) {
            response.putHeader("Cache-Control", "public, max-age=300");
        }
        response.setStatusCode(answer.status()).putHeader("Content-Type", answer.type());
        if (routing.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", String.valueOf(answer.body().length))
                    .end();
        } else {
            response.end(Buffer.buffer(answer.body()));
        }
    }
}
