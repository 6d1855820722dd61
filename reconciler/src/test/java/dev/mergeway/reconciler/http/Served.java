package dev.mergeway.reconciler.http;

import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.resource.HealthState;
import dev.mergeway.reconciler.resource.Outcome;
import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.reconciler.store.Changes;
import dev.mergeway.reconciler.store.MemoryStore;
import dev.mergeway.reconciler.store.Samples;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.Severity;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server on a free port over a store in memory, and a client of it. */
final class Served implements AutoCloseable {
    final Changes changes = new Changes();
    final MemoryStore store = new MemoryStore(changes, () -> Samples.NOON);
    volatile List<Check> checks = List.of(new Check("database", true, ""));
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;

    Served() throws IOException {
        server = HttpServer.start(
                new HttpSettings("127.0.0.1", 0, Duration.ofSeconds(2)),
                new HttpParts(
                        vertx,
                        store,
                        changes,
                        new SomeKinds(),
                        Served::findings,
                        () -> checks,
                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                        router -> router.post("/webhooks/:forge")
                                .handler(routing ->
                                        routing.response().setStatusCode(202).end())));
    }

    /** Some of everything. */
    Served filled() {
        store.save(Samples.environment("shop-dev", Sync.SYNCED));
        store.save(Samples.environment("shop-prod", Sync.HELD));
        store.save(
                "shop-dev",
                List.of(
                        Samples.resource("shop-dev", "checkout"),
                        Samples.resource(
                                "shop-dev",
                                Samples.key("cart"),
                                Sync.OUT_OF_SYNC,
                                new HealthState(HealthState.Status.DEGRADED, "image <b>not</b> found"))),
                List.of());
        store.save(Samples.pull("shop", 12, "open"));
        store.save(Samples.pull("shop", 11, "merged"));
        store.begin(Samples.run("20261125-1", "shop-dev", null));
        store.intend("20261125-1", Action.CREATE, Samples.key("checkout"));
        store.ended("20261125-1", Outcome.done(Samples.key("checkout"), Outcome.Result.CREATED));
        store.end("20261125-1", RunState.SUCCEEDED, "one created");
        store.begin(Samples.run("20261125-2", "shop-dev", 12));
        return this;
    }

    private static List<Finding> findings(byte[] yaml) {
        String text = new String(yaml, StandardCharsets.UTF_8);
        if (text.contains("too deep")) {
            throw new StackOverflowError();
        }
        return text.contains("imge")
                ? List.of(new Finding(
                        Severity.ERROR,
                        "spec.yaml",
                        new Position(3, 5),
                        "/spec/imge",
                        "schema/unknown-field",
                        "There is no field 'imge'.",
                        "Did you mean 'image'?"))
                : List.of();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> page(String path) throws IOException, InterruptedException {
        return get(path, "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    }

    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpClient client() {
        return client;
    }

    void closeServer() {
        server.close();
    }

    @Override
    public void close() {
        server.close();
        vertx.close();
        client.close();
    }

    /** Two kinds. */
    private static final class SomeKinds implements KindCatalogue {
        @Override
        public List<Kind> kinds() {
            return List.of(
                    new Kind("Deployment", "", "1.0.0", "", "Runs containers."),
                    new Kind("Queue", "queue", "1.2.0", "platform", "Holds messages."));
        }

        @Override
        public Optional<Map<String, Object>> schema(String kind) {
            return kind.equals("Queue")
                    ? Optional.of(Map.of(
                            "type",
                            "object",
                            "properties",
                            Map.of(
                                    "spec",
                                    Map.of(
                                            "type",
                                            "object",
                                            "required",
                                            List.of("retentionDays"),
                                            "properties",
                                            Map.of(
                                                    "retentionDays",
                                                    Map.of(
                                                            "type",
                                                            "integer",
                                                            "minimum",
                                                            1,
                                                            "default",
                                                            4,
                                                            "description",
                                                            "How long a message waits."))))))
                    : Optional.empty();
        }
    }
}
