package dev.mergeway.reconciler.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.mergeway.reconciler.resource.Look;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An admission webhook that the API server really calls, for objects of one namespace. */
public final class AdmissionWebhook implements AutoCloseable {
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ServerIdentity identity;
    private final Function<Map<String, Object>, Map<String, Object>> answer;

    /** @param answer the object that is to be admitted → what the response says beside the uid */
    public AdmissionWebhook(Path folder, Function<Map<String, Object>, Map<String, Object>> answer)
            throws IOException, GeneralSecurityException {
        this.answer = answer;
        identity = ServerIdentity.valid(folder);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Has the API server ask it about every ConfigMap that is made or changed in a namespace.
     *
     * @param kind {@code ValidatingWebhookConfiguration} or {@code MutatingWebhookConfiguration}
     */
    public void install(KubernetesServer kubernetes, String kind, String namespace) throws IOException {
        String yaml = """
                apiVersion: admissionregistration.k8s.io/v1
                kind: %s
                metadata: { name: %s }
                webhooks:
                  - name: guard.example.com
                    clientConfig: { url: "https://127.0.0.1:%d/", caBundle: %s }
                    sideEffects: None
                    timeoutSeconds: 1
                    admissionReviewVersions: [ v1 ]
                    namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: %s } }
                    rules: [ { apiGroups: [ "" ], apiVersions: [ v1 ], operations: [ CREATE, UPDATE ], resources: [ configmaps ] } ]
                """.formatted(kind, namespace, server.getAddress().getPort(), identity.bundle(), namespace);
        kubernetes.kubectlWith(yaml, "apply", "-f", "-");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, Object> review = Json.read(exchange.getRequestBody().readAllBytes());
            Map<String, Object> response = new LinkedHashMap<>(answer.apply(Look.map(review, "request", "object")));
            response.put("uid", Look.text(review, "request", "uid"));
            byte[] body = Json.write(
                    Map.of("apiVersion", "admission.k8s.io/v1", "kind", "AdmissionReview", "response", response));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
