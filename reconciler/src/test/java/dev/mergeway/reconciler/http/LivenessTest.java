package dev.mergeway.reconciler.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LivenessTest {
    /** More than are answered at once. */
    private static final int MANY = 300;

    @Test
    void staysAliveWhileAllOthersWaitForTheDatabase() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        try (Served served = new Served()) {
            synchronized (served.store) {
                HttpRequest list = HttpRequest.newBuilder(served.uri("/api/v1/environments"))
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                for (int i = 0; i < MANY; i++) {
                    answers.add(served.client().sendAsync(list, BodyHandlers.ofString()));
                }
                assertThat(CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new))
                                .get(30, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(
                                HttpResponse.class,
                                full -> assertThat(full.statusCode()).isEqualTo(503));
                assertThat(served.get("/healthz").statusCode()).isEqualTo(200);
                assertThat(served.send("HEAD", "/healthz", "").statusCode()).isEqualTo(200);
            }
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isIn(200, 503);
            }
        }
    }
}
