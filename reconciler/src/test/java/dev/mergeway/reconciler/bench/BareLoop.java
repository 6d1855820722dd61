package dev.mergeway.reconciler.bench;

import dev.mergeway.reconciler.bench.Cluster.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The same server-side applies that the service makes of an {@link Apps app}, by the shortest loop there is. Its objects are
 * as large as the service's, but for nobody to take for the service's: the label of the environment is spelt otherwise.
 */
final class BareLoop {
    private static final String METADATA = """
            {"name":"%1$s","namespace":"%2$s","labels":{"app.kubernetes.io/managed-by":"mergeway","mergeway.dev/environmenx":"%2$s",\
            "mergeway.dev/kind":"App","mergeway.dev/name":"%1$s","mergeway.dev/repository":"bare",\
            "applyset.kubernetes.io/part-of":"applyset-0123456789012345678901234567890123456789012-v1"},\
            "annotations":{"mergeway.dev/applied":"01234567890123456789012345678901"}}""";

    private static final List<String> OBJECTS = List.of(
            "/api/v1/namespaces/%2$s/serviceaccounts/%1$s",
            """
                    {"apiVersion":"v1","kind":"ServiceAccount","metadata":%3$s,"automountServiceAccountToken":false}""",
            "/apis/apps/v1/namespaces/%2$s/deployments/%1$s",
            """
                    {"apiVersion":"apps/v1","kind":"Deployment","metadata":%3$s,"spec":{"replicas":0,"selector":{"matchLabels":{"app":"%1$s"}},\
                    "template":{"metadata":{"labels":{"app":"%1$s"}},"spec":{"serviceAccountName":"%1$s","containers":[{"name":"main",\
                    "image":"registry.example.com/app:1.0.0","ports":[{"containerPort":8080}]}]}}}}""",
            "/api/v1/namespaces/%2$s/services/%1$s",
            """
                    {"apiVersion":"v1","kind":"Service","metadata":%3$s,"spec":{"selector":{"app":"%1$s"},"ports":[{"port":80,"targetPort":8080}]}}""",
            "/apis/autoscaling/v2/namespaces/%2$s/horizontalpodautoscalers/%1$s",
            """
                    {"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":%3$s,"spec":{"scaleTargetRef":{"apiVersion":"apps/v1",\
                    "kind":"Deployment","name":"%1$s"},"minReplicas":1,"maxReplicas":3}}""");

    private BareLoop() {}

    /** Makes a namespace and so many apps in it; gives the objects a second, the namespace not counted. */
    static double rate(Cluster cluster, String namespace, int apps, int concurrency) throws Exception {
        String body =
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}".formatted(namespace);
        cluster.send(Request.apply("/api/v1/namespaces/" + namespace, body, false));
        List<Request> requests = requests(namespace, apps);
        long began = System.nanoTime();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(concurrency, Thread.ofVirtual().factory())) {
            List<Future<String>> answers = new ArrayList<>();
            requests.forEach(request -> answers.add(threads.submit(() -> cluster.send(request))));
            for (Future<String> answer : answers) {
                answer.get();
            }
        }
        return requests.size() / ((System.nanoTime() - began) / 1e9);
    }

    private static List<Request> requests(String namespace, int apps) {
        List<Request> requests = new ArrayList<>();
        for (int number = 0; number < apps; number++) {
            String name = Apps.name(number);
            String metadata = METADATA.formatted(name, namespace);
            for (int object = 0; object < OBJECTS.size(); object += 2) {
                requests.add(Request.apply(
                        OBJECTS.get(object).formatted(name, namespace),
                        OBJECTS.get(object + 1).formatted(name, namespace, metadata),
                        false));
            }
        }
        return requests;
    }
}
