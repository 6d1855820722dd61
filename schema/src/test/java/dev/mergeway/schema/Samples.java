package dev.mergeway.schema;

/** The documents of design/product.md, as specs for tests. */
final class Samples {
    static final String ENVIRONMENT = """
            apiVersion: mergeway.dev/v1
            kind: Environment
            metadata: { name: shop-dev, team: shop }
            spec:
              tier: dev                       # preview | dev | staging | prod
              targets: { kubernetes: dev, aws: sandbox }
              expires: 7d
              quota: { cpu: "8", memory: 16Gi, pods: 40 }
              budget: { monthlyUsd: 60 }
            """;

    static final String DEPLOYMENT = """
            apiVersion: mergeway.dev/v1
            kind: Deployment
            metadata: { name: checkout, environment: shop-dev }
            spec:
              replicas: 2
              service: { ports: { web: { port: 80, targetPort: 8080 } } }
              route: { host: checkout.dev.example.com, port: web }
              containers:
                main:
                  image: ghcr.io/acme/checkout:1.9.2
                  variables: { QUEUE_URL: "${resources.orders.url}", DB_PASSWORD: "${resources.db.password}" }
                  resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { memory: 256Mi } }
                  readinessProbe: { httpGet: { path: /healthz, port: 8080 } }
              resources:
                orders: { type: queue }
                db: { type: postgres, class: small, params: { storageGb: 20 } }
            """;

    static final String BLUEPRINT = """
            apiVersion: mergeway.dev/v1
            kind: Blueprint
            metadata: { name: queue, version: 1.2.0, team: platform }
            spec:
              provides: { kind: Queue, type: queue }
              parameters:
                type: object
                additionalProperties: false
                properties:
                  retentionDays: { type: integer, minimum: 1, maximum: 14, default: 4, description: How long a message waits. }
              resources:
                queue:
                  aws: AWS::SQS::Queue
                  properties:
                    QueueName: ${environment.name + '-' + metadata.name}
                    MessageRetentionPeriod: ${params.retentionDays * 86400}
                  stateful: true
                binding:
                  kubernetes:
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: { name: "${metadata.name}-queue" }
                    data: { url: "${queue.QueueUrl}" }
                  when: ["${has(environment.targets.kubernetes)}"]
              outputs:
                url: { type: string, value: "${queue.QueueUrl}" }
              price: { monthlyUsd: "${0.4}" }
              examples: [ { params: {} }, { params: { retentionDays: 14 } } ]
            """;

    static final String POLICY = """
            apiVersion: mergeway.dev/v1
            kind: Policy
            metadata: { name: preview-storage-cap }
            spec:
              match: { kinds: [Postgres], tiers: [preview] }
              action: deny                    # deny | warn | approve
              rules:
                - expr: spec.storageGb <= 50
                  message: "'Preview databases may use at most 50 GB; you asked for ' + string(spec.storageGb)"
                  fix: { spec.storageGb: 50 }
              tests: [ { spec: { storageGb: 100 }, expect: deny }, { spec: { storageGb: 20 }, expect: allow } ]
            """;

    static final String SERVER = """
            apiVersion: mergeway.dev/v1
            kind: Server
            spec:
              listen: 127.0.0.1:8080
              publicUrl: https://mergeway.example.com
              dataDir: ./data
              database: { url: "jdbc:h2:file:./data/mergeway" }   # or jdbc:postgresql://host/db with user, password
              forges:
                - { name: corp, type: gitea, url: "http://127.0.0.1:3000", token: { env: GITEA_TOKEN }, webhookSecret: { env: HOOK_SECRET } }
                - { name: here, type: local, path: ./repos }
              repositories:
                - { name: platform, forge: corp, path: acme/platform, branch: main, role: platform }
                - { name: shop, forge: corp, path: acme/shop, branch: main, role: team, team: shop, environments: ["shop-*"] }
              targets:
                - { name: dev, type: kubernetes, kubeconfig: { file: ./kubeconfig }, context: dev }
                - { name: sandbox, type: aws, region: eu-west-1, endpoint: "http://127.0.0.1:4566" }
                - { name: local, type: directory, path: ./live }
              reconcile: { interval: 5m, concurrency: 16 }
            """;

    static final String EVERYTHING = String.join("---\n", ENVIRONMENT, DEPLOYMENT, BLUEPRINT, POLICY, SERVER);

    private Samples() {}
}
