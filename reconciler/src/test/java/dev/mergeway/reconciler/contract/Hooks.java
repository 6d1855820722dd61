package dev.mergeway.reconciler.contract;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Delivers what happened, one after the other, as a forge does: what nobody takes is lost. */
final class Hooks implements AutoCloseable {
    private final ExecutorService one =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile @Nullable URI to;

    /** From now on deliveries go there. */
    void to(URI url) {
        to = url;
    }

    /** Delivers a body with these headers. */
    void deliver(String body, Map<String, String> headers) {
        URI url = to;
        if (url == null) {
            return;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)));
        headers.forEach(request::header);
        one.execute(() -> {
            try {
                http.send(request.build(), HttpResponse.BodyHandlers.discarding());
            } catch (java.io.IOException e) {
                System.getLogger("hooks").log(System.Logger.Level.INFO, "a delivery was lost: {0}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() {
        one.shutdownNow();
        http.close();
    }
}
