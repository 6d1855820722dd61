package dev.mergeway.reconciler.kubernetes;

/** Manifests of many kinds, as people write them. {@code NS} stands for the environment. */
final class Samples {
    private Samples() {}

    /** A CRD whose names are the environment's own, since tests share a server. */
    static String definition(String environment) {
        return """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: { name: widgets.ENV.example.com }
                spec:
                  group: ENV.example.com
                  scope: Namespaced
                  names: { plural: widgets, singular: widget, kind: Widget, listKind: WidgetList }
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      subresources: { status: {} }
                      schema:
                        openAPIV3Schema:
                          type: object
                          properties:
                            spec: { type: object, properties: { size: { type: integer, default: 1 }, colour: { type: string } } }
                            status: { type: object, x-kubernetes-preserve-unknown-fields: true }
                """.replace("ENV", environment);
    }

    static String resource(String environment) {
        return """
                apiVersion: ENV.example.com/v1
                kind: Widget
                metadata: { name: one, namespace: NS }
                spec: { colour: red }
                """.replace("ENV", environment);
    }

    static String manyKinds(String environment) {
        return """
                apiVersion: v1
                kind: Namespace
                metadata: { name: NS }
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: { name: web, namespace: NS }
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: { name: settings, namespace: NS }
                data: { a.b.c: "x", mode: fast }
                ---
                apiVersion: v1
                kind: Secret
                metadata: { name: key, namespace: NS }
                type: Opaque
                data: { password: c2VjcmV0 }
                ---
                apiVersion: v1
                kind: ResourceQuota
                metadata: { name: quota, namespace: NS }
                spec: { hard: { cpu: "8", memory: 16384Mi, pods: "40" } }
                ---
                apiVersion: v1
                kind: LimitRange
                metadata: { name: limits, namespace: NS }
                spec: { limits: [ { type: Container, default: { cpu: 500m, memory: 128Mi }, defaultRequest: { cpu: 0.1 } } ] }
                ---
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: { name: data, namespace: NS }
                spec: { accessModes: [ ReadWriteOnce ], resources: { requests: { storage: 1024Mi } } }
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: web, namespace: NS }
                spec:
                  replicas: 1
                  selector: { matchLabels: { app: web } }
                  template:
                    metadata: { labels: { app: web } }
                    spec:
                      serviceAccountName: web
                      containers:
                        - name: main
                          image: nginx
                          ports: [ { containerPort: 8080 }, { containerPort: 8080, protocol: UDP } ]
                          env: [ { name: A, value: "1" }, { name: P, valueFrom: { secretKeyRef: { name: key, key: password } } } ]
                          resources: { requests: { cpu: 0.1, memory: 1024Mi }, limits: { memory: 2048Mi } }
                          readinessProbe: { httpGet: { path: /healthz, port: 8080 } }
                          volumeMounts: [ { name: tmp, mountPath: /tmp } ]
                      volumes: [ { name: tmp, emptyDir: {} } ]
                ---
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: { name: db, namespace: NS }
                spec:
                  serviceName: db
                  replicas: 1
                  selector: { matchLabels: { app: db } }
                  template:
                    metadata: { labels: { app: db } }
                    spec: { containers: [ { name: main, image: postgres, resources: { requests: { cpu: 10m, memory: 8Mi } } } ] }
                  volumeClaimTemplates:
                    - metadata: { name: data }
                      spec: { accessModes: [ ReadWriteOnce ], resources: { requests: { storage: 1024Mi } } }
                ---
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: { name: agent, namespace: NS }
                spec:
                  selector: { matchLabels: { app: agent } }
                  template:
                    metadata: { labels: { app: agent } }
                    spec: { containers: [ { name: main, image: agent, resources: { requests: { cpu: 10m, memory: 8Mi } } } ] }
                ---
                apiVersion: batch/v1
                kind: CronJob
                metadata: { name: nightly, namespace: NS }
                spec:
                  schedule: "0 3 * * *"
                  jobTemplate:
                    spec: { template: { spec: { restartPolicy: Never, containers: [ { name: main, image: job } ] } } }
                ---
                apiVersion: batch/v1
                kind: Job
                metadata: { name: once, namespace: NS }
                spec: { suspend: true, template: { spec: { restartPolicy: Never, containers: [ { name: main, image: job } ] } } }
                ---
                apiVersion: v1
                kind: Service
                metadata: { name: web, namespace: NS }
                spec: { selector: { app: web }, ports: [ { name: http, port: 80, targetPort: 8080 }, { name: dns, port: 53, protocol: UDP } ] }
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: { name: web, namespace: NS }
                spec:
                  rules: [ { host: web.example.com, http: { paths: [ { path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } } ] } } ]
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: { name: web, namespace: NS }
                spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [ Ingress ], ingress: [ { ports: [ { port: 8080 } ] } ] }
                ---
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: { name: web, namespace: NS }
                spec:
                  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
                  minReplicas: 1
                  maxReplicas: 3
                  metrics: [ { type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 80 } } } ]
                ---
                apiVersion: autoscaling/v1
                kind: HorizontalPodAutoscaler
                metadata: { name: old, namespace: NS }
                spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, maxReplicas: 3, targetCPUUtilizationPercentage: 80 }
                ---
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: { name: web, namespace: NS }
                spec: { minAvailable: 1, selector: { matchLabels: { app: web } } }
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: { name: reader, namespace: NS }
                rules: [ { apiGroups: [ "" ], resources: [ pods ], verbs: [ get, list ] } ]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: { name: reader, namespace: NS }
                roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
                subjects: [ { kind: ServiceAccount, name: web, namespace: NS } ]
                ---
                """ + definition(environment) + "---\n" + resource(environment);
    }
}
