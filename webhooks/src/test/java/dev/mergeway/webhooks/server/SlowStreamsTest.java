package dev.mergeway.webhooks.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.webhooks.Signatures;
import dev.mergeway.webhooks.event.ForgeType;
import dev.mergeway.webhooks.verify.Secrets;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies that come after they were answered, over HTTP/2 without TLS: they must not take the place of real deliveries. */
class SlowStreamsTest {
    private static final byte[] PUSH =
            "{\"ref\":\"refs/heads/main\",\"before\":\"%s\",\"after\":\"%s\",\"repository\":{\"full_name\":\"acme/shop\"}}"
                    .formatted("a".repeat(40), "b".repeat(40))
                    .getBytes(StandardCharsets.UTF_8);
    private static final Buffer LATE = Buffer.buffer("x".repeat(2 * InFlight.LEAST));

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    private int port;

    @BeforeEach
    void serve() {
        Router router = Router.router(vertx);
        new WebhookRoute(
                        List.of(new Endpoint("corp", ForgeType.GITEA, Secrets.of("new"))),
                        delivery -> true,
                        new Limits(2 * InFlight.LEAST, 3L * InFlight.LEAST, Duration.ofMillis(300)),
                        () -> Instant.parse("2026-11-25T10:00:00Z"),
                        executor)
                .mount(router);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await();
        port = server.actualPort();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
        executor.close();
    }

    @Test
    void whatComesAfterTheAnswerTakesNothing() {
        for (int stream = 0; stream < 4; stream++) {
            HttpClientRequest slow = silent();
            assertThat(slow.response().await().statusCode()).isEqualTo(408);
            slow.end(LATE).otherwiseEmpty().await();
        }
        assertThat(push()).isEqualTo(202);
    }

    @Test
    void aStreamThatWasAnsweredIsReset() throws Exception {
        HttpClientRequest slow = silent();
        Promise<Throwable> end = Promise.promise();
        slow.exceptionHandler(end::tryComplete);
        assertThat(slow.response().await().statusCode()).isEqualTo(408);
        assertThat(end.future().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        StreamResetException.class,
                        reset -> assertThat(reset.getCode()).isZero());
        assertThat(push()).as("others on the connection").isEqualTo(202);
    }

    /** A request over one shared connection, whose body does not come. */
    private HttpClientRequest silent() {
        HttpClientRequest slow = http.request(HttpMethod.POST, port, "127.0.0.1", "/webhooks/corp")
                .await()
                .setChunked(true);
        slow.writeHead().await();
        return slow;
    }

    private int push() {
        return http.request(HttpMethod.POST, port, "127.0.0.1", "/webhooks/corp")
                .await()
                .putHeader("X-Gitea-Delivery", "d1")
                .putHeader("X-Gitea-Event", "push")
                .putHeader("X-Gitea-Event-Type", "push")
                .putHeader("X-Gitea-Signature", Signatures.hex("new", PUSH))
                .send(Buffer.buffer(PUSH))
                .await()
                .statusCode();
    }
}
