package dev.mergeway.schema.model;

import java.util.Comparator;

/**
 * What a concrete resource is known by, everywhere: in plans, inventories, the API and the pages.
 *
 * @param provider {@code kubernetes} or {@code aws}: whose rules its body follows
 * @param target name of the configured target it lives in (a directory target may stand for any provider)
 * @param type {@code v1/ConfigMap}, {@code apps/v1/Deployment}, {@code AWS::SQS::Queue}
 * @param namespace "" where it has none
 * @param name its name within type and namespace
 */
public record ResourceKey(String provider, String target, String type, String namespace, String name)
        implements Comparable<ResourceKey> {
    private static final Comparator<ResourceKey> ORDER = Comparator.comparing(ResourceKey::provider)
            .thenComparing(ResourceKey::target)
            .thenComparing(ResourceKey::namespace)
            .thenComparing(ResourceKey::type)
            .thenComparing(ResourceKey::name);

    @Override
    public int compareTo(ResourceKey other) {
        return ORDER.compare(this, other);
    }

    /** The last part of the type: {@code Deployment} of {@code apps/v1/Deployment}, {@code Queue} of {@code AWS::SQS::Queue}. */
    public String kind() {
        int end = Math.max(type.lastIndexOf('/'), type.lastIndexOf(':'));
        return type.substring(end + 1);
    }

    @Override
    public String toString() {
        return target + ": " + type + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
