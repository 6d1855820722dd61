package dev.mergeway.webhooks.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mergeway.webhooks.Signatures;
import dev.mergeway.webhooks.event.Deliveries;
import dev.mergeway.webhooks.event.Delivery;
import dev.mergeway.webhooks.event.ForgeType;
import dev.mergeway.webhooks.event.RepoEvent.Pushed;
import dev.mergeway.webhooks.verify.Secrets;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The route over real HTTP, on loopback. */
class WebhookRouteTest {
    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
    private static final String PUSH =
            "{\"ref\":\"refs/heads/main\",\"before\":\"%s\",\"after\":\"%s\",\"repository\":{\"full_name\":\"acme/shop\"}}"
                    .formatted("a".repeat(40), "b".repeat(40));
    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Delivery> stored = new ConcurrentHashMap<>();
    private Deliveries deliveries = delivery -> stored.putIfAbsent(delivery.id(), delivery) == null;
    private int port;

    @BeforeEach
    void serve() {
        serve(Limits.DEFAULT);
    }

    private void serve(Limits limits) {
        List<Endpoint> endpoints = List.of(
                new Endpoint("corp", ForgeType.GITEA, Secrets.of("new", Optional.of("old"))),
                new Endpoint("hub", ForgeType.GITHUB, Secrets.of("hub-secret")),
                new Endpoint("lab", ForgeType.GITLAB, Secrets.of("lab-token")));
        Router router = Router.router(vertx);
        new WebhookRoute(endpoints, new Current(), limits, () -> NOW, executor).mount(router);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .await();
        port = server.actualPort();
    }

    /** Whatever {@link #deliveries} are now. */
    private final class Current implements Deliveries {
        @Override
        public boolean concerns(Delivery delivery) {
            return deliveries.concerns(delivery);
        }

        @Override
        public boolean store(Delivery delivery) throws NotStoredException {
            return deliveries.store(delivery);
        }
    }

    @AfterEach
    void stop() {
        vertx.close().await();
        executor.close();
    }

    private HttpRequest.Builder to(String name, BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/webhooks/" + name))
                .POST(body)
                .timeout(Duration.ofSeconds(60));
    }

    private HttpRequest gitea(String id, String secret, String body) {
        return to("corp", BodyPublishers.ofString(body))
                .header("X-Gitea-Delivery", id)
                .header("X-Gitea-Event", "push")
                .header("X-Gitea-Event-Type", "push")
                .header("X-Gitea-Signature", Signatures.hex(secret, body.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    @Test
    void storesWhatIsAuthenticAndAnswers202() throws Exception {
        assertThat(send(gitea("d1", "new", PUSH)).statusCode()).isEqualTo(202);
        assertThat(send(gitea("d2", "old", PUSH)).statusCode()).isEqualTo(202);
        assertThat(stored.get("d1"))
                .isEqualTo(new Delivery(
                        "corp", "d1", new Pushed("acme/shop", "main", "a".repeat(40), "b".repeat(40)), NOW));
        assertThat(stored).containsOnlyKeys("d1", "d2");
    }

    @Test
    void theSameDeliveryAHundredTimesIsStoredOnce() throws Exception {
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(executor.submit(() -> send(gitea("same", "new", PUSH))));
        }
        for (Future<HttpResponse<String>> answer : answers) {
            assertThat(answer.get().statusCode()).isEqualTo(202);
        }
        assertThat(stored).hasSize(1);
    }

    @Test
    void withoutAnIdTheBytesAreTheId() throws Exception {
        HttpRequest bare = to(
                        "lab",
                        BodyPublishers.ofString("{\"object_kind\":\"push\",\"ref\":\"refs/heads/x\","
                                + "\"before\":\"" + "a".repeat(40) + "\",\"after\":\"" + "b".repeat(40)
                                + "\",\"project\":{\"path_with_namespace\":\"g/p\"}}"))
                .header("X-Gitlab-Event", "Push Hook")
                .header("X-Gitlab-Token", "lab-token")
                .build();
        assertThat(send(bare).statusCode()).isEqualTo(202);
        assertThat(send(bare).statusCode()).isEqualTo(202);
        assertThat(stored).hasSize(1);
        assertThat(stored.keySet().iterator().next()).startsWith("sha256:");
    }

    @Test
    void refusesWhatIsNotAuthentic() throws Exception {
        HttpResponse<String> wrong = send(gitea("d1", "wrong", PUSH));
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(wrong.body()).contains("\"status\":401").doesNotContain("new", "old");
        assertThat(send(to("corp", BodyPublishers.ofString(PUSH)).build()).statusCode())
                .isEqualTo(401);
        assertThat(send(to("hub", BodyPublishers.noBody()).build()).statusCode())
                .isEqualTo(401);
        assertThat(stored).isEmpty();
    }

    @Test
    void answersTheRestByTheContract() throws Exception {
        assertThat(send(to("nobody", BodyPublishers.ofString(PUSH)).build()).statusCode())
                .isEqualTo(404);
        assertThat(send(gitea("d1", "new", "not json")).statusCode()).isEqualTo(400);
        assertThat(send(gitea("d1", "new", "{\"ref\":4}")).statusCode()).isEqualTo(400);
        assertThat(send(gitea("x".repeat(201), "new", PUSH)).statusCode()).isEqualTo(400);
        String tag = PUSH.replace("refs/heads", "refs/tags");
        assertThat(send(gitea("d1", "new", tag)).statusCode()).isEqualTo(200);
        assertThat(stored).isEmpty();
        HttpRequest get = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/webhooks/corp"))
                .build();
        assertThat(send(get).statusCode()).isEqualTo(405);
    }

    @Test
    void saysThatNobodyLooksAtTheRepository() throws Exception {
        deliveries = new Deliveries() {
            @Override
            public boolean concerns(Delivery delivery) {
                return !delivery.event().repository().equals("acme/shop");
            }

            @Override
            public boolean store(Delivery delivery) {
                return stored.putIfAbsent(delivery.id(), delivery) == null;
            }
        };
        HttpResponse<String> answer = send(gitea("d1", "new", PUSH));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("no repository of this path is configured here");
        assertThat(send(gitea("d2", "new", PUSH.replace("acme/shop", "acme/platform")))
                        .body())
                .doesNotContain("configured");
        assertThat(stored).containsOnlyKeys("d1", "d2");
    }

    @Test
    void saysSoWhenItCannotStore() throws Exception {
        deliveries = delivery -> {
            throw new Deliveries.NotStoredException("disk full", new IOException("no space"));
        };
        HttpResponse<String> refused = send(gitea("d1", "new", PUSH));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).doesNotContain("disk full");
        deliveries = delivery -> {
            throw new IllegalStateException("pool closed");
        };
        assertThat(send(gitea("d1", "new", PUSH)).statusCode()).isEqualTo(503);
    }

    @Test
    void takes25MegabytesAndNotOneByteMore() throws Exception {
        int limit = Limits.DEFAULT.bodyBytes();
        String filler = "{\"x\":\"" + "y".repeat(limit - PUSH.length() - 7) + "\",";
        String greatest = filler + PUSH.substring(1);
        assertThat(greatest).hasSize(limit);
        assertThat(send(gitea("d1", "new", greatest)).statusCode()).isEqualTo(202);
        assertThat(send(gitea("d2", "new", greatest + " ")).statusCode()).isEqualTo(413);
        byte[] chunked = (greatest + " ").getBytes(StandardCharsets.UTF_8);
        HttpRequest streamed = to("corp", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(chunked)))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        assertThat(send(streamed).statusCode()).isEqualTo(413);
        HttpRequest asked = to("corp", BodyPublishers.ofByteArray(chunked))
                .version(HttpClient.Version.HTTP_1_1)
                .expectContinue(true)
                .build();
        assertThat(send(asked).statusCode()).isEqualTo(413);
        assertThat(stored).containsOnlyKeys("d1");
    }

    @Test
    void letsAClientAskBeforeItSends() throws Exception {
        HttpRequest asking = to("hub", BodyPublishers.ofString(PUSH))
                .version(HttpClient.Version.HTTP_1_1)
                .expectContinue(true)
                .header("X-GitHub-Event", "push")
                .header("X-GitHub-Delivery", "d9")
                .header(
                        "X-Hub-Signature-256",
                        "sha256=" + Signatures.hex("hub-secret", PUSH.getBytes(StandardCharsets.UTF_8)))
                .build();
        assertThat(send(asking).statusCode()).isEqualTo(202);
        assertThat(stored).containsOnlyKeys("d9");
    }

    @Test
    void hangsUpOnWhoNeverStopsOrNeverStarts() throws Exception {
        serve(new Limits(1_000, 1_000_000, Duration.ofMillis(300)));
        try (Socket silent = new Socket("127.0.0.1", port)) {
            write(silent, "POST /webhooks/corp HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{");
            assertThat(firstLine(silent)).contains("408");
            assertThat(silent.getInputStream().skip(10_000)).isLessThan(10_000);
        }
        try (Socket endless = new Socket("127.0.0.1", port)) {
            write(endless, "POST /webhooks/corp HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            write(endless, ("ff\r\n" + "x".repeat(255) + "\r\n").repeat(17));
            assertThat(firstLine(endless)).contains("413");
        }
    }

    @Test
    void refusesMoreAtOnceThanItHasMemoryFor() throws Exception {
        serve(new Limits(1_000, 3L * InFlight.LEAST, Duration.ofSeconds(20)));
        var release = new CountDownLatch(1);
        var busy = new CountDownLatch(3);
        deliveries = delivery -> {
            busy.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new Deliveries.NotStoredException("stopped", e);
            }
            return true;
        };
        List<Future<HttpResponse<String>>> held = List.of("1", "2", "3").stream()
                .map(id -> executor.submit(() -> send(gitea(id, "new", PUSH))))
                .toList();
        busy.await();
        assertThat(send(gitea("4", "new", PUSH)).statusCode()).isEqualTo(503);
        release.countDown();
        for (Future<HttpResponse<String>> answer : held) {
            assertThat(answer.get().statusCode()).isEqualTo(202);
        }
        assertThat(send(gitea("4", "new", PUSH)).statusCode()).isEqualTo(202);
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String firstLine(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c >= 0 && c != '\n';
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
