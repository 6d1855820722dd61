package dev.mergeway.reconciler.bench;

import dev.mergeway.reconciler.kubernetes.KubernetesServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An API server as a bare HTTP client sees it: no retries, no trees, nothing of ours. */
final class Cluster implements AutoCloseable {
    private static final Pattern REMAINING = Pattern.compile("\"remainingItemCount\":\\s*(\\d+)");

    private final HttpClient http;
    private final String url;
    private final String token;

    /** @param token whose rights it has */
    Cluster(KubernetesServer server, String token) throws IOException, GeneralSecurityException {
        this.http = HttpClient.newBuilder().sslContext(trusting(server)).build();
        this.url = "https://127.0.0.1:" + server.port();
        this.token = token;
    }

    /** One request. */
    record Request(String method, String path, String type, String body) {
        static Request apply(String path, String body, boolean dryRun) {
            String query = "?fieldManager=mergeway&fieldValidation=Strict&force=false" + (dryRun ? "&dryRun=All" : "");
            return new Request("PATCH", path + query, "application/apply-patch+yaml", body);
        }

        static Request merge(String path, String body) {
            return new Request("PATCH", path, "application/merge-patch+json", body);
        }

        static Request read(String path) {
            return new Request("GET", path, "application/json", "");
        }
    }

    /** Sends it; anything but success is an error. */
    String send(Request request) throws IOException, InterruptedException {
        HttpRequest http = HttpRequest.newBuilder(URI.create(url + request.path()))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .header("Content-Type", request.type())
                .method(request.method(), BodyPublishers.ofString(request.body()))
                .build();
        HttpResponse<String> response = this.http.send(http, BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(request.method() + " " + request.path() + ": " + response.body());
        }
        return response.body();
    }

    /** How many objects there are, asked without listing them. */
    int count(String collection) throws IOException, InterruptedException {
        String page = send(Request.read(collection + (collection.contains("?") ? "&" : "?") + "limit=1"));
        Matcher more = REMAINING.matcher(page);
        return more.find() ? Integer.parseInt(more.group(1)) + 1 : page.contains("\"uid\"") ? 1 : 0;
    }

    private static SSLContext trusting(KubernetesServer server) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream file = Files.newInputStream(server.certificate())) {
            int number = 0;
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry("server" + number++, one);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        http.close();
    }
}
