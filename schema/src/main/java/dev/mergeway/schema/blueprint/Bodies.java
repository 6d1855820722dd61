package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.expression.Expression;
import dev.mergeway.schema.expression.Markers;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.KubernetesScope;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes keys and checked bodies of rendered trees. */
final class Bodies {
    private final Instance instance;
    private final Surroundings surroundings;
    private final Origins origins;
    private final List<Finding> findings;

    Bodies(Instance instance, Surroundings surroundings, Origins origins, List<Finding> findings) {
        this.instance = instance;
        this.surroundings = surroundings;
        this.origins = origins;
        this.findings = findings;
    }

    /**
     * A body and what is known of it.
     *
     * @param key what the resource is known by
     * @param body its final tree, with late leaves
     * @param shown the tree that its siblings' expressions see, with markers
     * @param needs resources that its late leaves read
     * @param uses instances whose outputs it holds
     * @param provenance from its own pointers to the owner's
     */
    record Read(
            ResourceKey key,
            Map<String, Object> body,
            Map<String, Object> shown,
            Set<ResourceKey> needs,
            Set<NodeKey> uses,
            Map<String, String> provenance) {}

    /** Reads a rendered tree; empty where it is no valid resource, which is a finding then. */
    Optional<Read> read(CompiledBlueprint.Part part, Map<String, Object> tree, Map<String, List<Expression>> places) {
        String provider = part.source().provider();
        Optional<String> target = surroundings.target(provider);
        if (target.isEmpty()) {
            return noTarget(provider);
        }
        return provider.equals("kubernetes")
                ? object(part, tree, places, target.get())
                : finished(part, tree, places, awsKey(part, tree, target.get()), false);
    }

    private Optional<Read> noTarget(String provider) {
        String name = provider.equals("aws") ? "AWS" : "Kubernetes";
        String environment = surroundings.environment().name();
        Finding finding = instance.finding(
                instance.namePointer(),
                "environment/no-target",
                "this needs " + name + ", and environment '" + environment + "' has no target for it",
                "add " + provider + " to spec.targets of the environment, or leave this to an environment that has it");
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
        return Optional.empty();
    }

    private ResourceKey awsKey(CompiledBlueprint.Part part, Map<String, Object> tree, String target) {
        return new ResourceKey(
                "aws", target, part.source().type(), "", AwsNames.of(part, tree, instance, surroundings));
    }

    private Optional<Read> object(
            CompiledBlueprint.Part part,
            Map<String, Object> tree,
            Map<String, List<Expression>> places,
            String target) {
        Map<String, Object> metadata = Trees.map(tree.get("metadata"));
        if (!(tree.get("apiVersion") instanceof String version)
                || !(tree.get("kind") instanceof String kind)
                || !(metadata.get("name") instanceof String name)
                || Markers.reserved(version + kind + name)) {
            broken(
                    part,
                    "a Kubernetes object needs apiVersion, kind and metadata.name, each a text that is known beforehand");
            return Optional.empty();
        }
        if (!validName(kind, name, places)) {
            return Optional.empty();
        }
        Map<String, Object> placed = withLabels(tree, metadata);
        String namespace = "";
        if (!KubernetesScope.clusterScoped(version, kind)) {
            namespace = metadata.get("namespace") instanceof String given
                    ? given
                    : surroundings.environment().name();
            placed = with(placed, "namespace", namespace);
        }
        ResourceKey key = new ResourceKey("kubernetes", target, version + "/" + kind, namespace, name);
        return finished(part, placed, places, key, kind.equals("Secret") && version.equals("v1"));
    }

    /** With the labels of the spec, where the blueprint does not say otherwise. */
    private Map<String, Object> withLabels(Map<String, Object> tree, Map<String, Object> metadata) {
        Map<String, Object> labels =
                new LinkedHashMap<>(Trees.map(instance.metadata().getOrDefault("labels", Map.of())));
        labels.putAll(Trees.map(metadata.getOrDefault("labels", Map.of())));
        return labels.isEmpty() ? tree : with(tree, "labels", labels);
    }

    private static Map<String, Object> with(Map<String, Object> tree, String field, Object value) {
        Map<String, Object> metadata = new LinkedHashMap<>(Trees.map(tree.get("metadata")));
        metadata.put(field, value);
        Map<String, Object> placed = new LinkedHashMap<>(tree);
        placed.put("metadata", metadata);
        return placed;
    }

    private boolean validName(String kind, String name, Map<String, List<Expression>> places) {
        boolean label = KubernetesKinds.labelNamed(kind);
        if (label ? Names.label(name) : Names.subdomain(name)) {
            return true;
        }
        String origin = origins.of(places.getOrDefault("/metadata/name", List.of()), "/metadata/name", name, true);
        findings.add(instance.finding(
                origin == null ? instance.namePointer() : origin,
                "kubernetes/name",
                "this makes a " + kind + " called '" + shortened(name) + "', which is no valid name",
                "use lower case letters, digits and '-', beginning and ending with a letter or digit, at most "
                        + (label ? 63 : 253) + " characters"));
        return false;
    }

    private static String shortened(String name) {
        return name.length() > 80 ? name.substring(0, 80) + "…" : name;
    }

    private Optional<Read> finished(
            CompiledBlueprint.Part part,
            Map<String, Object> tree,
            Map<String, List<Expression>> places,
            ResourceKey key,
            boolean secret) {
        Leaves leaves = new Leaves(instance, surroundings.markers(), origins, places, key, secret);
        Map<String, Object> body = Trees.map(leaves.revealed(tree));
        findings.addAll(leaves.findings());
        if (!leaves.findings().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Read(
                key,
                secret ? SecretData.stored(body) : body,
                tree,
                leaves.needs(),
                leaves.uses(),
                secret ? Leaves.storedProvenance(leaves.provenance()) : leaves.provenance()));
    }

    private void broken(CompiledBlueprint.Part part, String message) {
        findings.add(instance.finding(
                instance.documentPointer(""),
                "blueprint/render",
                "the blueprint '" + instance.blueprint().blueprint().name() + "' makes no valid '" + part.id()
                        + "' from this: " + message,
                ""));
    }
}
