package dev.mergeway.schema.blueprint;

import dev.mergeway.schema.model.ConcreteResource;
import dev.mergeway.schema.model.Finding;
import dev.mergeway.schema.model.Position;
import dev.mergeway.schema.model.ResourceKey;
import dev.mergeway.schema.model.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What concrete resources wait for beyond their own instance, and the order that follows. */
public final class Dependencies {
    private Dependencies() {}

    /** The resource, also waiting for the instances whose outputs it holds. */
    static ConcreteResource across(ConcreteResource resource, Rendered of, Map<NodeKey, Rendered> nodes) {
        Set<ResourceKey> dependsOn = new TreeSet<>(resource.dependsOn());
        for (NodeKey used : of.uses().getOrDefault(resource.key(), Set.of())) {
            Rendered other = nodes.get(used);
            dependsOn.addAll(other == null ? Set.of() : other.last());
        }
        dependsOn.remove(resource.key());
        return dependsOn.size() == resource.dependsOn().size() ? resource : with(resource, dependsOn);
    }

    static ConcreteResource with(ConcreteResource resource, Set<ResourceKey> dependsOn) {
        return new ConcreteResource(
                resource.key(),
                resource.body(),
                resource.stateful(),
                List.copyOf(dependsOn),
                resource.ready(),
                resource.spec(),
                resource.file(),
                resource.line(),
                resource.provenance());
    }

    /** Says that two specs make the same. */
    private static Finding twice(ConcreteResource second, ConcreteResource first) {
        return new Finding(
                Severity.ERROR,
                second.file(),
                new Position(second.line(), 1),
                "",
                "resources/made-twice",
                "this makes the " + second.key().kind() + " '" + second.key().name() + "', which "
                        + first.spec().kind() + " '" + first.spec().name() + "' (" + first.file() + ":" + first.line()
                        + ") makes already",
                "give one of them another name");
    }

    /** The first of each key; a second one is a finding. */
    public static List<ConcreteResource> distinct(List<ConcreteResource> resources, List<Finding> findings) {
        Map<ResourceKey, ConcreteResource> first = new LinkedHashMap<>();
        for (ConcreteResource resource : resources) {
            ConcreteResource before = first.putIfAbsent(resource.key(), resource);
            if (before != null) {
                findings.add(twice(resource, before));
            }
        }
        return List.copyOf(first.values());
    }

    /**
     * In apply order. A namespaced resource also waits for its namespace, where that is among them.
     */
    public static List<ConcreteResource> ordered(List<ConcreteResource> resources) {
        Set<ResourceKey> all = new HashSet<>();
        resources.forEach(resource -> all.add(resource.key()));
        Map<ResourceKey, ConcreteResource> byKey = new HashMap<>();
        resources.forEach(resource -> byKey.put(resource.key(), withNamespace(resource, all)));
        Map<ResourceKey, Set<ResourceKey>> before = new HashMap<>();
        byKey.forEach((key, resource) -> before.put(key, new TreeSet<>(resource.dependsOn())));
        Comparator<ResourceKey> preference = KubernetesKinds.APPLY_ORDER;
        List<ConcreteResource> ordered = new ArrayList<>();
        new Graph<>(before).order(preference).forEach(key -> ordered.add(byKey.get(key)));
        return ordered;
    }

    private static ConcreteResource withNamespace(ConcreteResource resource, Set<ResourceKey> all) {
        ResourceKey key = resource.key();
        if (key.namespace().isEmpty()) {
            return resource;
        }
        ResourceKey namespace = new ResourceKey(key.provider(), key.target(), "v1/Namespace", "", key.namespace());
        if (!all.contains(namespace)) {
            return resource;
        }
        Set<ResourceKey> dependsOn = new TreeSet<>(resource.dependsOn());
        dependsOn.add(namespace);
        return with(resource, dependsOn);
    }
}
