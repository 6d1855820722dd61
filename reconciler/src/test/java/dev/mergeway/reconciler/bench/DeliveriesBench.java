package dev.mergeway.reconciler.bench;

import dev.mergeway.reconciler.store.Database;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 10,000 signed deliveries in a burst over HTTP to a running service, beside the same rows inserted without it. */
class DeliveriesBench {
    private static final int DELIVERIES = 10_000;
    private static final int AT_ONCE = Integer.getInteger("bench.at-once", 64);
    private static final String SECRET = "only-a-benchmark";

    @TempDir
    Path folder;

    @Test
    void aBurst() throws Exception {
        new SpecRepository(folder, 1, 1).make();
        Files.writeString(folder.resolve("secret"), SECRET);
        Path config = folder.resolve("server.yaml");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace(
                                "type: local, path: ./repos }",
                                "type: local, path: ./repos }, { name: corp, type: gitea, url: http://127.0.0.1:9, token: { file: ./secret },"
                                        + " webhookSecret: { file: ./secret } }"));
        try (RunningService service = RunningService.start(config)) {
            HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            measure("warm-up", 4_000, number -> deliver(http, service, "w" + number));
            measure("over HTTP", DELIVERIES, number -> deliver(http, service, "d" + number));
        }
        try (Database database = Database.open("jdbc:h2:file:" + folder.resolve("plain"), "", "")) {
            measure("warm-up of the plain inserts", 4_000, number -> insert(database, "w" + number));
            measure(
                    "the same rows, one transaction each, without us",
                    DELIVERIES,
                    number -> insert(database, "p" + number));
        }
    }

    private static void deliver(HttpClient http, RunningService service, String id) throws Exception {
        byte[] body =
                """
                {"ref": "refs/heads/main", "before": "%s", "after": "%s", "repository": {"full_name": "acme/shop"}, "about": "%s"}
                """.formatted("a".repeat(40), "b".repeat(40), "x".repeat(6_000)).getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + "/webhooks/corp"))
                .header("Content-Type", "application/json")
                .header("X-Gitea-Event", "push")
                .header("X-Gitea-Delivery", id)
                .header("X-Gitea-Signature", signature(body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
    }

    private static String signature(byte[] body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }

    private static void insert(Database database, String id) throws Exception {
        try (var connection = database.dataSource().getConnection();
                var insert = connection.prepareStatement(
                        "insert into deliveries (forge, id, event, received) values ('plain', ?, 'push', current_timestamp)")) {
            insert.setString(1, id);
            insert.executeUpdate();
        }
    }

    private interface Once {
        void run(int number) throws Exception;
    }

    private static void measure(String what, int count, Once once) throws Exception {
        List<Callable<Void>> workers = new ArrayList<>();
        List<Double> millis = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int worker = 0; worker < AT_ONCE; worker++) {
            int first = worker;
            workers.add(() -> {
                for (int number = first; number < count; number += AT_ONCE) {
                    long began = System.nanoTime();
                    once.run(number);
                    millis.add((System.nanoTime() - began) / 1e6);
                }
                return null;
            });
        }
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> done : threads.invokeAll(workers)) {
                done.get();
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        Samples samples = new Samples(List.copyOf(millis));
        System.out.printf(
                Locale.ROOT,
                "%s: %d, %d at once, %.0f a second, median %.1f ms, p99 %.1f ms%n",
                what,
                count,
                AT_ONCE,
                count / seconds,
                samples.median(),
                samples.quantile(0.99));
    }
}
