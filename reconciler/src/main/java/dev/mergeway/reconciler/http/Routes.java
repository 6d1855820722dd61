package dev.mergeway.reconciler.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.Executor;

/** Which path is answered by what. */
final class Routes {
    private static final int VALIDATE_BYTES = 1 << 20;
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private Routes() {}

    /** All of them. No route changes live state or Git. */
    static Router router(HttpParts parts, Events events, Executor threads) {
        Router router = Router.router(parts.vertx());
        Dispatch dispatch = new Dispatch(threads);
        router.route().handler(new Timing(parts.metrics()));
        router.route().handler(Dispatch::secure);
        parts.more().accept(router);
        service(router, dispatch, parts);
        api(router, dispatch, new Api(parts), events);
        pages(router, dispatch, new Pages(parts));
        for (int status : new int[] {400, 404, 405, 406, 408, 413, 414, 415, 431, 500, 503}) {
            router.errorHandler(status, routing -> dispatch.failed(routing, status));
        }
        return router;
    }

    private static void service(Router router, Dispatch dispatch, HttpParts parts) {
        Api api = new Api(parts);
        Answer alive = Answer.jsonText("{\"status\":\"alive\"}");
        // Without a thread and a place: who asks would kill us for a database that is away, while others wait for it.
        reading(router, "/healthz").handler(routing -> Dispatch.send(routing, alive));
        get(router, "/readyz", dispatch, api::ready);
        get(
                router,
                "/metrics",
                dispatch,
                call -> Answer.text(PROMETHEUS, parts.metrics().scrape()));
        get(router, "/openapi.yaml", dispatch, call -> Assets.openApi());
        get(router, "/assets/:name", dispatch, Assets::answer);
        get(router, "/favicon.ico", dispatch, call -> Assets.icon());
    }

    private static void api(Router router, Dispatch dispatch, Api api, Events events) {
        get(router, "/api/v1/environments", dispatch, api::environments);
        get(router, "/api/v1/environments/:name", dispatch, api::environment);
        get(router, "/api/v1/resources", dispatch, api::resources);
        get(router, "/api/v1/pulls", dispatch, api::pulls);
        get(router, "/api/v1/pulls/:repo/:number", dispatch, api::pull);
        get(router, "/api/v1/pulls/:repo/:number/plan.json", dispatch, api::plan);
        get(router, "/api/v1/runs", dispatch, api::runs);
        get(router, "/api/v1/runs/:id", dispatch, api::run);
        get(router, "/api/v1/kinds", dispatch, api::kinds);
        get(router, "/api/v1/kinds/:kind/schema", dispatch, api::schema);
        router.get("/api/v1/events").handler(events::stream);
        router.post("/api/v1/validate")
                .handler(BodyHandler.create(false).setBodyLimit(VALIDATE_BYTES))
                .handler(routing -> dispatch.answer(routing, api::validate));
    }

    private static void pages(Router router, Dispatch dispatch, Pages pages) {
        get(router, "/", dispatch, pages::overview);
        get(router, "/environments/:name", dispatch, pages::environment);
        get(router, "/pulls", dispatch, pages::pulls);
        get(router, "/pulls/:repo/:number", dispatch, pages::pull);
        get(router, "/runs", dispatch, pages::runs);
        get(router, "/runs/:id", dispatch, pages::run);
        get(router, "/kinds", dispatch, pages::kinds);
        get(router, "/kinds/:kind", dispatch, pages::kind);
    }

    private static void get(Router router, String path, Dispatch dispatch, Dispatch.Handler handler) {
        reading(router, path).handler((RoutingContext routing) -> dispatch.answer(routing, handler));
    }

    private static Route reading(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }
}
