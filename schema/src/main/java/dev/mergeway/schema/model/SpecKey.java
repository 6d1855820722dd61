package dev.mergeway.schema.model;

/**
 * What a spec is known by: kind and name within one environment.
 *
 * @param environment name of the environment it belongs to
 * @param kind its kind, such as {@code Deployment}
 * @param name its name
 */
public record SpecKey(String environment, String kind, String name) implements Comparable<SpecKey> {
    @Override
    public int compareTo(SpecKey other) {
        int byEnvironment = environment.compareTo(other.environment);
        if (byEnvironment != 0) {
            return byEnvironment;
        }
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return environment + "/" + kind + "/" + name;
    }
}
