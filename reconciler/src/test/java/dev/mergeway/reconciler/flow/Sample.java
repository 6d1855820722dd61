package dev.mergeway.reconciler.flow;

/** Files of a small environment. */
final class Sample {
    static final String DECLARED = "dev/environment.yaml";

    private Sample() {}

    /** The environment, in this tier. */
    static String environment(String tier) {
        return """
                apiVersion: mergeway.dev/v1
                kind: Environment
                metadata: { name: shop-dev }
                spec: { tier: %s, targets: { kubernetes: local, aws: local } }
                """.formatted(tier);
    }

    /** A workload, with more in its spec. */
    static String workload(String name, String more) {
        return """
                apiVersion: mergeway.dev/v1
                kind: Deployment
                metadata: { name: %s }
                spec:
                  containers: { main: { image: "nginx:1.29" } }
                %s""".formatted(name, more);
    }
}
