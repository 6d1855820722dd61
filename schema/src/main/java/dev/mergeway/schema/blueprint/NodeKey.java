package dev.mergeway.schema.blueprint;

import java.util.Comparator;

/**
 * What one use of a resource type is known by within an environment: whoever names the same type, class and id means
 * the same.
 *
 * @param type the resource type
 * @param clazz the class that its blueprint provides
 * @param name the instance's name
 * @param owner kind and name of the one spec that has it, "" where an id makes it shared
 */
record NodeKey(String type, String clazz, String name, String owner) implements Comparable<NodeKey> {
    private static final Comparator<NodeKey> ORDER = Comparator.comparing(NodeKey::type)
            .thenComparing(NodeKey::clazz)
            .thenComparing(NodeKey::name)
            .thenComparing(NodeKey::owner);

    @Override
    public int compareTo(NodeKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return type + " " + name;
    }
}
