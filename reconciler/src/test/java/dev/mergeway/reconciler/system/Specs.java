package dev.mergeway.reconciler.system;

/** Specs as a developer writes them. */
final class Specs {
    private Specs() {}

    /** An environment on one target. */
    static String environment(String name, String target) {
        return """
        apiVersion: mergeway.dev/v1
        kind: Environment
        metadata: { name: %s, team: shop }
        spec:
          tier: dev
          targets: { kubernetes: %s }
        """.formatted(name, target);
    }

    /** A small deployment with a service. */
    static String web(String name, String version) {
        return """
        apiVersion: mergeway.dev/v1
        kind: Deployment
        metadata: { name: %s }
        spec:
          replicas: 1
          service: { ports: { http: { port: 80, targetPort: 8080 } } }
          containers:
            main:
              image: ghcr.io/acme/web:%s
              resources: { requests: { cpu: 10m, memory: 16Mi }, limits: { memory: 32Mi } }
        """.formatted(name, version);
    }
}
