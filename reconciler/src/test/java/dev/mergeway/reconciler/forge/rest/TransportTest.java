package dev.mergeway.reconciler.forge.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mergeway.reconciler.port.ForgeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A forge that takes the connection and then its time: in production 30 seconds, here less. */
@Timeout(60)
class TransportTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private Transport transport;

    TransportTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        Credentials credentials = Credentials.token("Authorization", "token ", "x");
        transport = new Transport("corp", url, "application/json", credentials, PATIENCE);
    }

    /** Where it stops. */
    private enum Slow {
        BEFORE_THE_ANSWER,
        AFTER_THE_HEADERS,
        IN_THE_MIDDLE,
        NEVER_DONE
    }

    @BeforeEach
    void start() {
        server.setExecutor(threads);
        for (Slow slow : Slow.values()) {
            server.createContext("/" + slow, exchange -> answer(exchange, slow));
        }
        server.createContext("/quick", exchange -> {
            try (exchange) {
                byte[] body = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        transport.close();
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange, Slow slow) throws IOException {
        try (exchange) {
            if (slow != Slow.BEFORE_THE_ANSWER) {
                exchange.sendResponseHeaders(200, 1_000_000);
                exchange.getResponseBody().flush();
            }
            if (slow == Slow.IN_THE_MIDDLE) {
                exchange.getResponseBody().write("{\"a\":".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
            while (slow == Slow.NEVER_DONE && over.getCount() > 0) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                pause(Duration.ofMillis(20));
            }
            pause(Duration.ofMinutes(1));
        }
    }

    private void pause(Duration most) throws IOException {
        try {
            over.await(most.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotAnswerInTimeIsLeftAndMayBeTriedAgain(Slow slow) throws Exception {
        long began = System.nanoTime();
        ForgeException failure =
                catchThrowableOfType(ForgeException.class, () -> transport.send(Request.read("read it", "/" + slow)));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(PATIENCE, Duration.ofSeconds(20));
        assertThat(failure.passing()).isTrue();
        assertThat(failure).hasMessageContaining("could not read it: it did not answer in time. It is tried again");
        assertThat(transport
                        .send(Request.read("read it", "/quick"))
                        .body()
                        .path("a")
                        .asInt(0))
                .as("others are not held up")
                .isEqualTo(1);
    }

    @Test
    void whoeverStopsDoesNotWaitForIt() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Credentials credentials = Credentials.token("Authorization", "token ", "x");
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (Transport patient = new Transport("corp", url, "application/json", credentials, Duration.ofMinutes(1))) {
            Thread waiting = Thread.ofVirtual().start(() -> {
                try {
                    patient.send(Request.read("read it", "/" + Slow.AFTER_THE_HEADERS));
                } catch (InterruptedException e) {
                    interrupted.countDown();
                } catch (ForgeException e) {
                    // It did not wait to be interrupted: the latch says so.
                }
            });
            waiting.interrupt();
            assertThat(interrupted.await(20, java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
        }
    }
}
