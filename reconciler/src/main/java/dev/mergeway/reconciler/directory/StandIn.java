package dev.mergeway.reconciler.directory;

import dev.mergeway.reconciler.resource.Trees;
import dev.mergeway.schema.model.ResourceKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the real system would add to a resource once it works. A folder runs nothing, so what is there counts as working;
 * it is said in the provider's own words, so that health and blueprints read it as they read the real thing.
 */
final class StandIn {
    private static final String ACCOUNT = "000000000000";
    private static final String REGION = "local";
    // Reserved for documentation (RFC 5737): never anybody's address.
    private static final Map<String, Object> ADDRESS =
            Map.of("loadBalancer", Map.of("ingress", List.of(Map.of("ip", "192.0.2.1"))));

    private StandIn() {}

    /** The body with what the real system would have added; what the file itself says comes first. */
    static Map<String, Object> live(ResourceKey key, Map<String, Object> body) {
        Map<String, Object> live = new LinkedHashMap<>(body);
        if (key.provider().equals("kubernetes")) {
            Map<String, Object> status = status(key.kind(), body);
            if (!status.isEmpty()) {
                live.putIfAbsent("status", status);
            }
        } else {
            attributes(key).forEach(live::putIfAbsent);
        }
        return Trees.copy(live);
    }

    private static Map<String, Object> status(String kind, Map<String, Object> body) {
        return switch (kind) {
            case "Deployment" ->
                replicas(
                        body,
                        List.of("replicas", "readyReplicas", "updatedReplicas", "availableReplicas"),
                        "Available");
            case "ReplicaSet" ->
                replicas(body, List.of("replicas", "readyReplicas", "availableReplicas", "fullyLabeledReplicas"), "");
            case "StatefulSet" ->
                replicas(
                        body,
                        List.of("replicas", "readyReplicas", "updatedReplicas", "availableReplicas", "currentReplicas"),
                        "");
            case "DaemonSet" ->
                Map.of(
                        "desiredNumberScheduled",
                        1L,
                        "currentNumberScheduled",
                        1L,
                        "updatedNumberScheduled",
                        1L,
                        "numberReady",
                        1L,
                        "numberAvailable",
                        1L);
            case "Job" -> Map.of("succeeded", 1L, "conditions", List.of(condition("Complete")));
            case "Pod" -> Map.of("phase", "Running", "conditions", List.of(condition("Ready")));
            case "PersistentVolumeClaim" -> Map.of("phase", "Bound");
            case "Namespace" -> Map.of("phase", "Active");
            case "Ingress" -> ADDRESS;
            case "Service" ->
                Trees.text(body, "/spec/type").equals("LoadBalancer") ? ADDRESS : Map.of("loadBalancer", Map.of());
            case "HorizontalPodAutoscaler" ->
                Map.of("conditions", List.of(condition("AbleToScale"), condition("ScalingActive")));
            case "PodDisruptionBudget" ->
                Map.of("disruptionsAllowed", 1L, "conditions", List.of(condition("DisruptionAllowed")));
            case "CustomResourceDefinition" ->
                Map.of("conditions", List.of(condition("NamesAccepted"), condition("Established")));
            default -> Map.of();
        };
    }

    private static Map<String, Object> replicas(Map<String, Object> body, List<String> counts, String condition) {
        Object wanted = Trees.at(body, "/spec/replicas");
        Map<String, Object> status = new TreeMap<>();
        counts.forEach(count -> status.put(count, wanted instanceof Number number ? number.longValue() : 1L));
        if (!condition.isEmpty()) {
            status.put("conditions", List.of(condition(condition)));
        }
        return status;
    }

    private static Map<String, Object> condition(String type) {
        return Map.of("type", type, "status", "True");
    }

    /** Read-only properties of AWS resources that others refer to most, by their names in the resource's own schema. */
    private static Map<String, Object> attributes(ResourceKey key) {
        String name = key.name();
        return switch (key.type()) {
            case "AWS::SQS::Queue" ->
                Map.of(
                        "QueueUrl",
                        "https://sqs." + REGION + ".invalid/" + ACCOUNT + "/" + name,
                        "Arn",
                        arn("sqs", name),
                        "QueueName",
                        name);
            case "AWS::SNS::Topic" -> Map.of("TopicArn", arn("sns", name));
            case "AWS::S3::Bucket" ->
                Map.of("Arn", "arn:aws:s3:::" + name, "DomainName", name + ".s3.invalid", "BucketName", name);
            case "AWS::DynamoDB::Table" -> Map.of("Arn", arn("dynamodb", "table/" + name), "TableName", name);
            case "AWS::SecretsManager::Secret" -> Map.of("Id", arn("secretsmanager", "secret:" + name));
            case "AWS::IAM::Role" -> Map.of("Arn", arn("iam", "role/" + name), "RoleId", "AROA" + name);
            case "AWS::RDS::DBInstance" ->
                Map.of(
                        "Endpoint",
                        Map.of("Address", name + ".rds.invalid", "Port", "5432"),
                        "DBInstanceArn",
                        arn("rds", "db:" + name));
            default -> Map.of("Arn", arn(service(key.type()), name));
        };
    }

    private static String service(String type) {
        String[] parts = type.split("::", -1);
        return parts.length < 2 ? "unknown" : parts[1].toLowerCase(java.util.Locale.ROOT);
    }

    private static String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
    }
}
