package dev.mergeway.webhooks.server;

import dev.mergeway.webhooks.event.Deliveries;
import dev.mergeway.webhooks.event.Headers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /webhooks/{forge-name}}. Bodies are read on the event loop; verifying, decoding and storing happen on the
 * executor's threads. 202 once stored (or stored before), 200 for what needs nothing, 400 malformed, 401 missing or
 * wrong signature, 404 unknown forge, 408 too slow, 413 over the limit, 503 cannot be stored now.
 */
public final class WebhookRoute {
    private static final Logger log = LoggerFactory.getLogger(WebhookRoute.class);
    private final Map<String, Receiver> receivers = new HashMap<>();
    private final Limits limits;
    private final InFlight inFlight;
    private final Executor executor;
    private final Occasionally crowds;

    /**
     * Prepares the route.
     *
     * @param endpoints the forges; their names differ
     * @param deliveries where deliveries are kept
     * @param limits how much is taken on
     * @param clock what time it is
     * @param executor one that gives each task a virtual thread
     */
    public WebhookRoute(
            List<Endpoint> endpoints, Deliveries deliveries, Limits limits, InstantSource clock, Executor executor) {
        for (Endpoint endpoint : endpoints) {
            if (receivers.put(endpoint.name(), new Receiver(endpoint, deliveries, clock)) != null) {
                throw new IllegalArgumentException("two forges are called '" + endpoint.name() + "'");
            }
        }
        this.limits = limits;
        this.inFlight = new InFlight(limits.inFlightBytes());
        this.executor = executor;
        this.crowds = new Occasionally(clock);
    }

    /** Adds the route. It reads bodies by itself: no body handler may come before it on the router. */
    public void mount(Router router) {
        router.post("/webhooks/:forge").handler(this::handle);
    }

    private void handle(RoutingContext routing) {
        Receiver receiver = receivers.get(routing.pathParam("forge"));
        Context context = routing.vertx().getOrCreateContext();
        Headers headers = headers(routing);
        BodyReader reader = new BodyReader(routing.request(), limits, inFlight);
        reader.start(routing.vertx(), receiver == null ? Answer.UNKNOWN : null, body -> {
            switch (body) {
                case Body.Refused(Answer answer) -> answer(routing, reader, answer);
                case Body.Whole(byte[] bytes) -> process(context, routing, reader, receiver, headers, bytes);
            }
        });
    }

    private void process(
            Context context,
            RoutingContext routing,
            BodyReader reader,
            @Nullable Receiver receiver,
            Headers headers,
            byte[] bytes) {
        if (receiver == null) {
            answer(routing, reader, Answer.UNKNOWN);
            return;
        }
        try {
            executor.execute(() -> {
                Answer answer = receiver.receive(headers, bytes);
                context.runOnContext(any -> answer(routing, reader, answer));
            });
        } catch (RejectedExecutionException e) {
            answer(routing, reader, Answer.BUSY);
        }
    }

    private void answer(RoutingContext routing, BodyReader reader, Answer answer) {
        reader.release();
        if (answer == Answer.BUSY) {
            crowds.run(() -> log.warn(
                    "Answered 503 to a delivery: others of {} bytes together are being taken. Forges, and our next look,"
                            + " try again.",
                    limits.inFlightBytes()));
        }
        HttpServerResponse response = routing.response();
        if (response.closed() || response.ended()) {
            return;
        }
        // What is still to come of a refused body is not waited for. Over HTTP/2 other streams share the connection.
        boolean cut = !routing.request().isEnded();
        boolean shared = routing.request().version() == HttpVersion.HTTP_2;
        if (cut && !shared) {
            response.putHeader("Connection", "close");
        }
        if (answer.status() == 503) {
            response.putHeader("Retry-After", "10");
        }
        Future<Void> sent = response.setStatusCode(answer.status())
                .putHeader("Content-Type", answer.isError() ? "application/problem+json" : "application/json")
                .end(json(response, answer));
        if (cut) {
            sent.onComplete(any -> {
                if (shared) {
                    response.reset(); // NO_ERROR: stop sending, the answer is whole (RFC 9113, 8.1)
                } else {
                    routing.request().connection().close();
                }
            });
        }
    }

    private static String json(HttpServerResponse response, Answer answer) {
        JsonObject json = new JsonObject();
        if (answer.isError()) {
            json.put("type", "about:blank")
                    .put("title", response.getStatusMessage())
                    .put("status", answer.status());
        }
        return json.put("detail", answer.detail()).encode();
    }

    private static Headers headers(RoutingContext routing) {
        Map<String, String> values = new HashMap<>();
        routing.request().headers().forEach((name, value) -> values.putIfAbsent(name, value));
        return Headers.of(values);
    }
}
