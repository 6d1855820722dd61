package dev.mergeway.reconciler.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and an API server and misbehaves when told to: answers by itself, waits, cuts. Plain HTTP
 * towards the client, so that nothing about certificates has to be arranged, unless they are what is tested.
 */
public final class FaultProxy implements AutoCloseable {
    /** Headers that belong to one connection and not to the message. */
    private static final Set<String> HOP = Set.of("connection", "host", "content-length", "upgrade", "http2-settings");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;
    private final String target;
    private final ConcurrentLinkedDeque<Fault> faults = new ConcurrentLinkedDeque<>();
    private final Set<HttpExchange> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Fault lasting;
    private volatile Chooser chooser = _ -> null;

    /** Which requests go wrong. */
    public interface Chooser {
        /**
         * Looks at a request.
         *
         * @param path with its query
         * @return null for nothing that goes wrong
         */
        @Nullable
        Fault of(String path);
    }

    /** What goes wrong with one request. */
    public sealed interface Fault {
        /** This answer instead of the server's. */
        record Answer(int code, String retryAfter) implements Fault {}

        /** The server's answer, later. */
        record Delay(Duration by) implements Fault {}

        /** The server does what was asked, but nobody hears of it. */
        record Cut() implements Fault {}

        /** This answer with this text instead of the server's. */
        record Saying(int code, String text) implements Fault {}

        /** The server is asked for this path instead. */
        record Asking(String path) implements Fault {}
    }

    public FaultProxy(KubernetesServer kubernetes) throws IOException, GeneralSecurityException {
        this(kubernetes, null);
    }

    /** @param identity shown to clients, which then connect by TLS; null for none */
    public FaultProxy(KubernetesServer kubernetes, @Nullable ServerIdentity identity)
            throws IOException, GeneralSecurityException {
        target = "https://127.0.0.1:" + kubernetes.port();
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(kubernetes.certificate()))
                .build();
        server = server(identity);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private static HttpServer server(@Nullable ServerIdentity identity) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (identity == null) {
            return HttpServer.create(address, 0);
        }
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
        return server;
    }

    /** Where clients connect. */
    public String url() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort();
    }

    /** The next requests that change something or the next at all go wrong this way, one each. */
    public void next(Fault fault, int times) {
        for (int i = 0; i < times; i++) {
            faults.add(fault);
        }
    }

    /** From now on every request goes wrong this way; null ends it. */
    public void always(@Nullable Fault fault) {
        lasting = fault;
    }

    /** From now on what else would go well goes wrong where this says so. */
    public void where(Chooser chooser) {
        this.chooser = chooser;
    }

    /** Cuts every connection that is open now, streams too. */
    public void cut() {
        open.forEach(HttpExchange::close);
    }

    /** Faults that nobody met yet. */
    public int pending() {
        return faults.size();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            open.add(exchange);
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().toString();
            switch (fault(path)) {
                case null -> forward(exchange, request(exchange, path, body));
                case Fault.Answer(int code, String retryAfter) -> {
                    if (!retryAfter.isEmpty()) {
                        exchange.getResponseHeaders().set("Retry-After", retryAfter);
                    }
                    exchange.sendResponseHeaders(code, -1);
                }
                case Fault.Delay(Duration by) -> {
                    Thread.sleep(by);
                    forward(exchange, request(exchange, path, body));
                }
                case Fault.Cut _ -> client.send(request(exchange, path, body), HttpResponse.BodyHandlers.discarding());
                case Fault.Saying(int code, String text) -> {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(code, bytes.length);
                    exchange.getResponseBody().write(bytes);
                }
                case Fault.Asking(String other) -> forward(exchange, request(exchange, other, body));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(exchange);
        }
    }

    private @Nullable Fault fault(String path) {
        Fault next = faults.poll();
        if (next != null) {
            return next;
        }
        Fault always = lasting;
        return always == null ? chooser.of(path) : always;
    }

    private void forward(HttpExchange exchange, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        response.headers().map().forEach((name, values) -> {
            if (!name.startsWith(":") && !name.equals("transfer-encoding") && !name.equals("content-length")) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(response.statusCode(), 0);
        try (InputStream in = response.body();
                OutputStream out = exchange.getResponseBody()) {
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        }
    }

    private HttpRequest request(HttpExchange exchange, String path, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target + path))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static SSLContext trusting(Path certificate) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        try (InputStream file = Files.newInputStream(certificate)) {
            int number = 0;
            for (Certificate one : List.copyOf(factory.generateCertificates(file))) {
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
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
