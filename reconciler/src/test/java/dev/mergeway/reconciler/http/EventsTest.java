package dev.mergeway.reconciler.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mergeway.reconciler.resource.Action;
import dev.mergeway.reconciler.run.EnvironmentState.Sync;
import dev.mergeway.reconciler.run.RunState;
import dev.mergeway.reconciler.store.Samples;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventsTest {
    @Test
    void tellsWhatMoves() throws Exception {
        try (Served served = new Served();
                Reader reader = Reader.of(served)) {
            assertThat(reader.response.headers().firstValue("Content-Type")).contains("text/event-stream");
            served.store.save(Samples.environment("shop-dev", Sync.HELD));
            assertThat(reader.until("data: ")).contains("\"name\":\"shop-dev\"", "\"sync\":\"Held\"");
            served.store.save("shop-dev", List.of(Samples.resource("shop-dev", "checkout")), List.of());
            assertThat(reader.until("event: ")).isEqualTo("event: resource");
            assertThat(reader.until("data: ")).contains("\"name\":\"checkout\"");
            served.store.save(Samples.pull("shop", 12, "open"));
            assertThat(reader.until("event: ")).isEqualTo("event: pull");
            assertThat(reader.until("data: ")).contains("\"verdict\":\"ready\"");
            served.store.begin(Samples.run("r1", "shop-dev", null));
            assertThat(reader.until("data: ")).contains("\"state\":\"Running\"");
            served.store.end("r1", RunState.SUCCEEDED, "");
            assertThat(reader.until("data: ")).contains("\"state\":\"Succeeded\"");
            served.store.forget("shop-dev");
            assertThat(reader.until("data: ")).contains("\"gone\":true");
        }
    }

    @Test
    void tellsAReaderThatComesBackToReadAgain() throws Exception {
        try (Served served = new Served();
                Reader reader = Reader.of(served, "Last-Event-ID", "whatever it was")) {
            assertThat(reader.until("event: ")).isEqualTo("event: reset");
        }
    }

    @Test
    void tellsAReaderThatWasTooSlowToReadAgain() throws Exception {
        try (Served served = new Served();
                EventStream stream = new EventStream(served.changes, new EventText(served.store))) {
            for (int i = 0; i < 5_000; i++) {
                served.store.save(Samples.pull("shop", i, "open"));
            }
            assertThat(stream.next()).contains("event: reset").doesNotContain("event: pull");
            served.store.save(Samples.pull("shop", 1, "merged"));
            assertThat(stream.next()).contains("data: {\"repository\":\"shop\",\"number\":1,", "merged");
        }
    }

    @Test
    void aRunIsToldWithoutItsStepsAndOnceASecondWhileItMoves() throws Exception {
        try (Served served = new Served();
                EventStream stream = new EventStream(served.changes, new EventText(served.store))) {
            served.store.begin(Samples.run("r1", "shop-dev", null));
            served.store.intend("r1", Action.CREATE, Samples.key("checkout"));
            assertThat(stream.next()).contains("\"state\":\"Running\"", "\"steps\":[]");
            served.store.intend("r1", Action.CREATE, Samples.key("cart"));
            long begin = System.nanoTime();
            assertThat(stream.next()).contains("\"id\":\"r1\"");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(900));
        }
    }

    @Test
    void forgetsAReaderThatIsGoneAndEndsWithTheServer() throws Exception {
        try (Served served = new Served()) {
            try (Reader reader = Reader.of(served)) {
                await().until(() -> served.changes.subscribers() == 1);
            }
            await().until(() -> served.changes.subscribers() == 0);
            try (Reader reader = Reader.of(served)) {
                served.closeServer();
                assertThat(reader.rest()).isNotNull();
            }
            assertThat(served.changes.subscribers()).isZero();
        }
    }

    /** A client that reads the stream line by line. */
    private record Reader(HttpResponse<InputStream> response, BufferedReader lines) implements AutoCloseable {
        static Reader of(Served served, String... headers) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(served.uri("/api/v1/events"));
            if (headers.length > 0) {
                request.headers(headers);
            }
            HttpResponse<InputStream> response =
                    served.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            Reader reader = new Reader(
                    response, new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
            reader.until(": still here");
            return reader;
        }

        String until(String start) throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(start)) {
                    return line;
                }
            }
            throw new AssertionError("the stream ended before a line that begins with '" + start + "'");
        }

        List<String> rest() {
            return lines.lines().toList();
        }

        @Override
        public void close() throws IOException {
            response.body().close();
        }
    }
}
