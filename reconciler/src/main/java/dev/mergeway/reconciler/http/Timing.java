package dev.mergeway.reconciler.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Times requests by route, so that the number of series does not grow with what is asked for. */
final class Timing implements Handler<RoutingContext> {
    private static final Set<HttpMethod> KNOWN = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST);

    private final MeterRegistry metrics;

    Timing(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void handle(RoutingContext routing) {
        if ("/api/v1/events".equals(routing.request().path())) {
            // A stream lasts as long as its reader stays, which says nothing of how fast anything is.
            routing.next();
            return;
        }
        long begin = System.nanoTime();
        routing.addEndHandler(ended -> metrics.timer(
                        "mergeway.http.requests",
                        "method",
                        method(routing),
                        "route",
                        route(routing),
                        "status",
                        String.valueOf(routing.response().getStatusCode()))
                .record(System.nanoTime() - begin, TimeUnit.NANOSECONDS));
        routing.next();
    }

    private static String method(RoutingContext routing) {
        HttpMethod method = routing.request().method();
        return KNOWN.contains(method) ? method.name() : "other";
    }

    private static String route(RoutingContext routing) {
        Route route = routing.currentRoute();
        return route == null || route.getPath() == null ? "none" : route.getPath();
    }
}
