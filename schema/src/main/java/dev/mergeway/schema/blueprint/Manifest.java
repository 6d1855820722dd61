package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Document;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.KubernetesScope;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.Severity;
import dev.mergeway.schema.model.SpecKey;
import dev.mergeway.schema.model.Trees;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes object as somebody wrote it in plain YAML, checked as far as can be without a cluster.
 *
 * @param document the document it stands in
 * @param at where in it, "" for the whole
 * @param body the object in the environment's namespace
 * @param namespace "" where it is cluster-scoped
 */
public record Manifest(Document document, String at, Map<String, Object> body, String namespace) {
    private static final String SHAPE = "manifests/object";

    /** Reads an object; empty where it is none, which is a finding then. */
    public static Optional<Manifest> of(
            Document document, Map<String, Object> root, String at, String environment, List<Finding> findings) {
        Map<String, Object> metadata = Trees.map(root.get("metadata"));
        if (!(root.get("apiVersion") instanceof String version) || !(root.get("kind") instanceof String kind)) {
            findings.add(error(document, at, SHAPE, "this is no Kubernetes object: it needs apiVersion and kind", ""));
            return Optional.empty();
        }
        if (!(metadata.get("name") instanceof String name)) {
            findings.add(error(
                    document,
                    at + "/metadata",
                    SHAPE,
                    "this " + kind + " has no metadata.name",
                    metadata.containsKey("generateName")
                            ? "generateName cannot be planned; give it a fixed name"
                            : ""));
            return Optional.empty();
        }
        if (version.startsWith("mergeway.dev/") || version.startsWith("score.dev/")) {
            findings.add(error(
                    document,
                    at,
                    SHAPE,
                    "this is a " + kind + " of Mergeway, not a Kubernetes object",
                    "move it out of the folder of plain manifests"));
            return Optional.empty();
        }
        if (name.isBlank() || name.length() > 253 || name.contains("/")) {
            findings.add(
                    error(document, at + "/metadata/name", "kubernetes/name", "'" + name + "' is no valid name", ""));
            return Optional.empty();
        }
        boolean cluster = KubernetesScope.clusterScoped(version, kind);
        Object given = metadata.get("namespace");
        if (!cluster && given != null && !given.equals(environment)) {
            findings.add(error(
                    document,
                    at + "/metadata/namespace",
                    "manifests/namespace",
                    "this " + kind + " names namespace '" + given + "'; everything of environment '" + environment
                            + "' goes into namespace '" + environment + "'",
                    "take metadata.namespace away"));
            return Optional.empty();
        }
        return Optional.of(new Manifest(
                document, at, placed(root, metadata, cluster ? null : environment), cluster ? "" : environment));
    }

    private static Map<String, Object> placed(
            Map<String, Object> root, Map<String, Object> metadata, @Nullable String namespace) {
        Map<String, Object> placed = new LinkedHashMap<>(root);
        // The cluster's to write; generators leave an empty one behind.
        placed.remove("status");
        if (namespace != null) {
            Map<String, Object> withNamespace = new LinkedHashMap<>(metadata);
            withNamespace.put("namespace", namespace);
            placed.put("metadata", Collections.unmodifiableMap(withNamespace));
        }
        boolean secret = "Secret".equals(root.get("kind")) && "v1".equals(root.get("apiVersion"));
        return Collections.unmodifiableMap(secret ? SecretData.stored(placed) : placed);
    }

    /** As a resource of the spec that names its folder. */
    public ConcreteResource resource(String target, SpecKey spec) {
        String type = body.get("apiVersion") + "/" + body.get("kind");
        String name = String.valueOf(Trees.map(body.get("metadata")).get("name"));
        return new ConcreteResource(
                new ResourceKey("kubernetes", target, type, namespace, name),
                body,
                KubernetesKinds.holdsData(type),
                List.of(),
                List.of(),
                spec,
                document.file(),
                document.positions().of(at).line(),
                Map.of());
    }

    /**
     * The resources, each custom one waiting for the definition of its kind and each one for what it names, where that is
     * among them.
     */
    public static List<ConcreteResource> linked(List<ConcreteResource> resources) {
        Map<String, ResourceKey> definitions = new HashMap<>();
        Map<String, ResourceKey> named = new HashMap<>();
        for (ConcreteResource resource : resources) {
            ResourceKey key = resource.key();
            named.put(key.kind() + " " + key.name(), key);
            if (key.kind().equals("CustomResourceDefinition")) {
                Map<String, Object> spec = Trees.map(resource.body().get("spec"));
                definitions.put(
                        spec.get("group") + "/" + Trees.map(spec.get("names")).get("kind"), key);
            }
        }
        List<ConcreteResource> linked = new ArrayList<>();
        for (ConcreteResource resource : resources) {
            String group = String.valueOf(resource.body().get("apiVersion")).split("/", 2)[0];
            Set<ResourceKey> dependsOn = new TreeSet<>(resource.dependsOn());
            Optional.ofNullable(definitions.get(group + "/" + resource.key().kind()))
                    .ifPresent(dependsOn::add);
            References.of(resource.body())
                    .forEach(name -> Optional.ofNullable(named.get(name)).ifPresent(dependsOn::add));
            linked.add(Dependencies.with(resource, dependsOn));
        }
        return linked;
    }

    private static Finding error(Document document, String at, String rule, String message, String hint) {
        return document.finding(Severity.ERROR, at, rule, message, hint);
    }
}
